// From the first paint to a lab and back, in a real terminal.
import { expect, test } from 'vitest';
import { makeRunnableCourse } from '../harness/course.ts';
import { keys } from '../harness/pty.ts';
import { leftBy, startTutor } from '../harness/tutor.ts';

test('the welcome comes first, then the map; q leaves the terminal as it was', async () => {
  const person = startTutor(makeRunnableCourse());
  const screen = await person.sees('arrows or a number');
  expect(screen).toMatch(
    /^Interleave\nConcurrency[^]*The course: 3 lessons, 0 of 2 labs passed\n> 10  Something for later/,
  );
  expect(screen).toMatch(/11 {2}Numbers +2 labs +30 min/);
  expect(screen).toMatch(/12 {2}Words +10 min/);
  person.press('q');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
});

test('arrows, digits, Enter and b walk between the map and a lesson', async () => {
  const person = startTutor(makeRunnableCourse());
  await person.sees('> 10  Something');
  person.press(keys.down);
  await person.sees('> 11  Numbers');
  person.press(keys.up);
  await person.sees('> 10  Something');
  person.press('12');
  await person.sees('> 12  Words');
  person.press(keys.up);
  person.press(keys.enter);
  const lesson = await person.sees('> [ ] 1  Twice as much');
  expect(lesson).toContain('Lesson 11: Numbers\nDouble a number, and add some.');
  expect(lesson).toContain('b back, q quit');
  person.press('2');
  await person.sees('> [ ] 2  A sum');
  person.press('b');
  await person.sees('> 11  Numbers');
  person.press('q');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
});

test('a lesson that nobody has written is marked, and says so when it is chosen', async () => {
  const person = startTutor(makeRunnableCourse());
  await person.sees(/10 {2}Something for later +not written yet/);
  person.press(keys.enter);
  await person.sees('Lesson 10, "Something for later", is not written yet.');
  await person.sees('> 10  Something');
});

test('a key that does nothing says which do, and nothing happens', async () => {
  const person = startTutor(makeRunnableCourse());
  await person.sees('> 10  Something');
  person.press('x');
  expect(await person.sees('That key does nothing here. Keys: arrows or a number')).toContain('> 10  Something');
  person.press(keys.down);
  expect(await person.sees('> 11  Numbers')).not.toContain('That key');
});

test.for(['ctrlC', 'ctrlD'] as const)('%s at the map and at a lesson leaves the terminal as it was', async (key) => {
  const course = makeRunnableCourse();
  for (const goThere of ['', '11\r']) {
    const person = startTutor(course);
    await person.sees('> 10  Something');
    person.press(goThere);
    if (goThere !== '') await person.sees('Labs of lesson 11');
    person.press(keys[key]);
    const left = await leftBy(person);
    expect(left).toMatchObject({ exitCode: 130, isAsBefore: true });
    expect(left.text).not.toMatch(/Error|at .*:\d+:\d+/);
  }
});

test('a resized window is drawn again at its new width, on the same row', async () => {
  const person = startTutor(makeRunnableCourse(), { columns: 120, rows: 30 });
  await person.sees('> 10  Something');
  person.press('11');
  const wide = await person.sees('> 11  Numbers');
  expect(lineWith(wide, 'Numbers').length).toBe(88 + 2);
  person.resize(60, 24);
  await person.sees((screen) => lineWith(screen, '> 11  Numbers').length === 60 - 1);
  person.resize(200, 24);
  await person.sees((screen) => lineWith(screen, '> 11  Numbers').length === 88 + 2);
});

test.for([60, 200])('everything fits into %i columns', async (columns) => {
  const person = startTutor(makeRunnableCourse(), { columns });
  await person.sees('> 10  Something');
  person.press('11\r');
  await person.sees('Labs of lesson 11');
  expect(wrappedLines(person.raw, columns)).toEqual([]);
});

test('NO_COLOR: no colours, and the same words', async () => {
  const person = startTutor(makeRunnableCourse(), { env: { NO_COLOR: '1' } });
  await person.sees('> 10  Something');
  person.press('11\r');
  await person.sees('> [ ] 1  Twice as much');
  // eslint-disable-next-line no-control-regex
  expect(person.raw).not.toMatch(/\x1b\[[\d;]*m/);
});

test('TERM=dumb: plain lines, and numbers that are typed', async () => {
  const person = startTutor(makeRunnableCourse(), { env: { TERM: 'dumb' } });
  const map = await person.sees('A number and Enter');
  expect(map).toContain('> 10) 10  Something for later');
  person.press('99\r');
  await person.sees('"99" is none of these.');
  person.press('11\r');
  await person.sees('Labs of lesson 11');
  person.press('b\r');
  await person.saw(/The course:[^]*The course:/);
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
