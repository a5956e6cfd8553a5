// From the first paint to a lab and back, in a real terminal.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeRunnableCourse } from '../harness/course.ts';
import { keys, type Person } from '../harness/pty.ts';
import { goToLabs, leftBy, startTutor } from '../harness/tutor.ts';

test('the welcome comes first, then the map; q leaves the terminal as it was', async () => {
  const person = startTutor(makeRunnableCourse());
  const screen = await person.sees('arrows or a number');
  expect(screen).toMatch(
    /^Interleave\nConcurrency[^]*The course: 3 lessons, 0 of 2 labs passed\n {2}10 {2}Something for later/,
  );
  expect(screen).toMatch(/11 {2}Numbers +2 labs +30 min/);
  expect(screen).toMatch(/12 {2}Words +10 min/);
  person.press('q');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
});

test('nothing is loaded before the map but what draws it', async () => {
  const course = makeRunnableCourse();
  const [recorder, record] = [join(course.root, 'recorder.mjs'), join(course.root, 'record')];
  writeFileSync(
    recorder,
    `import { appendFileSync } from 'node:fs';
     import { registerHooks } from 'node:module';
     registerHooks({ load(url, context, next) { appendFileSync(${JSON.stringify(record)}, url + '\\n'); return next(url, context); } });`,
  );
  const person = startTutor(course, { env: { NODE_OPTIONS: `--import=${recorder}` } });
  await person.sees('arrows or a number');
  const loaded = readFileSync(record, 'utf8').split('\n');
  // What comes with the judge is loaded when the map is there.
  const before = loaded.slice(
    0,
    loaded.findIndex((url) => url.endsWith('/judge-client.ts')),
  );
  expect(before.some((url) => url.endsWith('/picked-menu.ts'))).toBe(true);
  expect(before.filter((url) => /node_modules/.test(url) && !/node_modules\/chalk\//.test(url))).toEqual([]);
  expect(before.filter((url) => /\/(?:lab|reader|lesson)-(?:screen|blocks|lines)\.ts$/.test(url))).toEqual([]);
});

test('arrows, digits, Enter and b walk between the map and a lesson', async () => {
  const person = startTutor(makeRunnableCourse());
  await person.sees('> 11  Numbers');
  person.press(keys.up);
  await person.sees('> 10  Something');
  person.press(keys.down);
  await person.sees('> 11  Numbers');
  person.press('12');
  await person.sees('> 12  Words');
  person.press(keys.up);
  person.press(keys.enter);
  await person.sees('l labs');
  person.press('l');
  const lesson = await person.sees('> [ ] 1  Twice as much');
  expect(lesson).toContain('Lesson 11: Numbers\nDouble a number, and add some.');
  expect(lesson).toContain('b back, q quit');
  person.press('2');
  await person.sees('> [ ] 2  A sum');
  person.press('b');
  await person.sees('l labs');
  person.press('m');
  await person.sees('> 11  Numbers');
  person.press('q');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
});

test('a lesson that nobody has written is marked, and says so when it is chosen', async () => {
  const person = startTutor(makeRunnableCourse());
  await person.sees(/10 {2}Something for later +not written yet/);
  person.press(keys.up);
  await person.sees('> 10  Something');
  person.press(keys.enter);
  expect(await person.sees('Lesson 10, "Something for later", is not written yet.')).toContain('> 10  Something');
});

test('a key that does nothing says which do, and nothing happens', async () => {
  const person = startTutor(makeRunnableCourse());
  await person.sees('> 11  Numbers');
  person.press('x');
  expect(await person.sees('No such key here. Keys: arrows or a number, Enter, q quit, n your numbers')).toContain(
    '> 11  Numbers',
  );
  person.press(keys.down);
  expect(await person.sees('> 12  Words')).not.toContain('That key');
});

test.for(['ctrlC', 'ctrlD'] as const)('%s at the map and at a lesson leaves the terminal as it was', async (key) => {
  const course = makeRunnableCourse();
  for (const goThere of [(person: Person) => person.sees('> 11  Numbers'), goToLabs]) {
    const person = startTutor(course);
    await goThere(person);
    person.press(keys[key]);
    const left = await leftBy(person);
    expect(left).toMatchObject({ exitCode: 130, isAsBefore: true });
    expect(left.text).not.toMatch(/Error|at .*:\d+:\d+/);
  }
});

test('in a low window the map leaves room for what must be read', async () => {
  const course = makeRunnableCourse();
  for (let lesson = 13; lesson < 40; lesson++) {
    const folder = join(course.root, `lessons/${lesson}-more`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'lesson.md'), '---\ntitle: More\npromise: More.\nminutes: 10\nledger: []\n---\n');
  }
  // Where the folder for progress has to be, there is a file.
  writeFileSync(join(course.root, '.interleave'), '');
  const person = startTutor(course, { rows: 24 });
  const screen = await person.sees('Enter, q quit');
  expect(screen).toContain('Your progress is not saved');
  expect(screen).toContain('The course: 30 lessons');
  expect(screen).toContain('> 11  Numbers');
  // What is not in the window is counted, or nobody would look for it.
  const shown = screen.split('\n').filter((line) => /^[> ] \d\d {2}/.test(line));
  expect(screen).toMatch(new RegExp(`\\n {2}\\.\\.\\. ${30 - shown.length} more below\\n`));
  person.press(keys.up);
  person.press('39');
  await person.sees('> 39  More');
  expect(person.screen()).not.toContain('more below');
});

test('a resized window is drawn again at its new width, on the same row', async () => {
  const person = startTutor(makeRunnableCourse(), { columns: 120, rows: 30 });
  const wide = await person.sees('> 11  Numbers');
  expect(lineWith(wide, 'Numbers').length).toBe(88 + 2);
  person.resize(60, 24);
  await person.sees((screen) => lineWith(screen, '> 11  Numbers').length === 60 - 1);
  person.resize(200, 24);
  await person.sees((screen) => lineWith(screen, '> 11  Numbers').length === 88 + 2);
});

test.for([60, 200])('everything fits into %i columns', async (columns) => {
  const person = startTutor(makeRunnableCourse(), { columns });
  await goToLabs(person);
  expect(wrappedLines(person.raw, columns)).toEqual([]);
});

test('NO_COLOR: no colours, and the same words', async () => {
  const person = startTutor(makeRunnableCourse(), { env: { NO_COLOR: '1' } });
  await goToLabs(person);
  await person.sees('> [ ] 1  Twice as much');
  // eslint-disable-next-line no-control-regex
  expect(person.raw).not.toMatch(/\x1b\[[\d;]*m/);
});

test('TERM=dumb: plain lines, and numbers that are typed', async () => {
  const person = startTutor(makeRunnableCourse(), { env: { TERM: 'dumb' } });
  const map = await person.sees('A number and Enter');
  expect(map).toContain('> 11) 11  Numbers');
  person.press('99\r');
  await person.sees('"99" is none of these.');
  person.press('q\rq\r');
  await person.sees('That was pasted.');
  expect(person.raw).not.toContain('\x1b');
  person.press('q\r');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
});

test.for(['ctrlC', 'ctrlD'] as const)('TERM=dumb: %s leaves, too', async (key) => {
  const person = startTutor(makeRunnableCourse(), { env: { TERM: 'dumb' } });
  await person.sees('A number and Enter');
  person.press(keys[key]);
  expect(await leftBy(person)).toMatchObject({ exitCode: 130, isAsBefore: true });
});

function lineWith(screen: string, text: string): string {
  return screen.split('\n').find((line) => line.includes(text)) ?? '';
}

/** Lines that the terminal had to break: longer than its width, without colours. */
function wrappedLines(raw: string, columns: number): string[] {
  // eslint-disable-next-line no-control-regex
  const text = raw.replaceAll(/\x1b\[[\d;?]*[a-zA-Z]/g, '\n');
  return text.split(/[\r\n]+/).filter((line) => line.length > columns);
}
