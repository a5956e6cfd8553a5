// The screen of a lab in a real terminal: saves, verdicts, hints, the solution, a reset, an editor.
import { chmodSync, copyFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { interleave } from '../commands/project-fixture.ts';
import { makeRunnableCourse, type RunnableCourse } from '../harness/course.ts';
import type { Person } from '../harness/pty.ts';
import { goToFirstLab, leftBy, startTutor, type TutorWindow } from '../harness/tutor.ts';

const lab = '11-numbers/1-double';
const wrong = 'export function double(x: number): number {\n  return x + 1;\n}\n';

async function atTheLab(window: TutorWindow = {}): Promise<{ course: RunnableCourse; person: Person }> {
  const course = makeRunnableCourse();
  const person = startTutor(course, window);
  await goToFirstLab(person);
  return { course, person };
}

/** Presses a key that was pressed before, as somebody who has read what it brought. */
async function pressAgain(person: Person, key: string): Promise<void> {
  await sleep(1_100);
  person.press(key);
}

test('from a failing save to a pass, the solution, the next lab, and the map that remembers', async () => {
  const { course, person } = await atTheLab();
  expect(person.screen()).toContain(`Your copy: workspace/${lab} (lab.ts)`);
  expect(person.screen()).toContain('Make double return twice what it is given.');

  writeFileSync(course.file(lab), wrong);
  const failed = await person.sees('Look at:   what double returns');
  expect(failed).toMatch(/FAIL +\d+ ms {2}doubles\n/);
  expect(failed).toMatch(/Not yet: 0 of 2 tests passed, in [\d.]+ m?s. The first that failed: "doubles"/);
  expect(failed).toMatch(/Expected: {2}double\(\d+\) to be \d+\n {2}Happened: {2}It was \d+\./);

  copyFileSync(course.solution(lab), course.file(lab));
  const passed = await person.sees('Passed: all 2 tests');
  expect(passed).toContain('What comes back for a number that you cannot foresee.');
  expect(passed).toContain('n goes on to lab 11.2, "A sum"');
  person.press('s');
  await person.sees('There is no difference.');
  expect(person.all()).toContain('Twice as much is the number, taken two times.');
  person.press('n');
  await person.sees('Lab 11.2: A sum');
  expect(readdirSync(join(course.workspace, '11-numbers/2-sum')).sort()).toEqual(['lab.ts', 'zero.ts']);
  person.press('b');
  await person.sees('[x] 1  Twice as much');
  person.press('b');
  await person.sees('page 1 of 1');
  person.press('m');
  await person.sees('1 of 2 labs passed');
  await person.sees('Continue: 11.2  A sum');
  person.press('q');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
});

test('continues where the learner was, and judges at once what was changed', async () => {
  const { course, person } = await atTheLab();
  writeFileSync(course.file(lab), wrong);
  await person.sees('Not yet');
  person.press('q');
  await leftBy(person);
  const again = startTutor(course);
  await again.sees('> Continue: 11.1  Twice as much');
  again.press('\r');
  await again.sees('Not yet: 0 of 2 tests passed');
});

test('hints come one by one, and those that were had can be seen again', async () => {
  const { person } = await atTheLab();
  person.press('2');
  await person.sees('You have not had hint 2 yet');
  for (const number of [1, 2, 3]) {
    await pressAgain(person, 'h');
    await person.sees(`Hint ${number} of 3`);
  }
  await person.sees('That was the last one; s shows a solution. 1 to 2 shows the earlier again.');
  person.press('1');
  await person.saw(/Hint 3 of 3[^]*Hint 1 of 3\nWhat comes back\n\nLook at what double returns now/);
  person.press('9');
  await person.sees('There are 3 hints.');
});

test('h that is pressed again within a second takes the next hint', async () => {
  const { person } = await atTheLab();
  person.press('h');
  await person.sees('Hint 1 of 3');
  await sleep(400);
  person.press('h');
  await person.sees('Hint 2 of 3');
});

test('h that is held down takes one hint, and no more', async () => {
  const { person } = await atTheLab();
  for (let press = 0; press < 20; press++) {
    person.press('h');
    await sleep(10);
  }
  await person.sees('One hint for each time that you press h.');
  person.press('2');
  await person.sees('You have not had hint 2 yet');
});

test('the solution asks before a pass, and shows its why and the difference', async () => {
  const { course, person } = await atTheLab();
  person.press('s');
  await person.sees('y yes   any other key: no');
  person.press('n');
  await person.sees('Then not.');
  expect(person.all()).not.toContain('One way to do');
  writeFileSync(course.file(lab), wrong);
  await person.sees('Not yet');
  person.press('s');
  await person.sees('y yes');
  person.press('y');
  await person.sees('+++ solution/lab.ts');
  expect(person.screen()).toContain('-  return x + 1;\n+  return 2 * x;');
  expect(person.raw).toContain('\x1b[32m+  return 2 * x;');
  expect(person.all()).toContain('Twice as much is the number, taken two times.');
});

test('a reset asks, keeps a dated backup, and says where', async () => {
  const { course, person } = await atTheLab();
  writeFileSync(course.file(lab), wrong);
  await person.sees('Not yet: 0 of 2');
  person.press('r');
  await person.sees('any other key: no');
  person.press('y');
  await person.sees('Your copy is as the course made it. What you had is in');
  await person.sees('Not yet: 1 of 2');
  const backups = join(course.workspace, '.backup', lab);
  const [date = ''] = readdirSync(backups);
  expect(date).toMatch(/^\d{4}-\d\d-\d\dT/);
  expect(readFileSync(join(backups, date, 'lab.ts'), 'utf8')).toBe(wrong);
  expect(person.all().replaceAll('\n', ' ')).toContain(`What you had is in workspace/.backup/${lab}/${date}`);
});

test('a save in the middle of a run is judged instead of it', async () => {
  const { course, person } = await atTheLab();
  writeFileSync(course.file(lab), 'export function double(): number {\n  for (;;);\n}\n');
  await person.sees('Running "doubles"');
  expect(person.screen()).toContain('h hint');
  copyFileSync(course.solution(lab), course.file(lab));
  await person.sees('Passed: all 2 tests');
  expect(person.all()).not.toContain('Stopped at a limit');
});

test('a working copy that is deleted is missed, and r brings a fresh one', async () => {
  const { course, person } = await atTheLab();
  rmSync(join(course.workspace, '11-numbers'), { recursive: true });
  await person.sees('has no lab.ts any more');
  person.press('r');
  // Nothing of theirs is left that could be put aside, so nobody is asked.
  await person.sees('Your copy is as the course made it. There was nothing of yours to put aside.');
  expect(person.all()).not.toContain('any other key: no');
  await person.sees('Not yet: 1 of 2');
  writeFileSync(course.file(lab), readFileSync(course.solution(lab)));
  await person.sees('Passed: all 2 tests');
});

test('a wrong key says which keys there are, and ? says what they do', async () => {
  const { person } = await atTheLab();
  person.press('x');
  await person.sees('That key does nothing here.');
  person.press('?');
  await person.sees('a fresh copy; yours goes to a dated backup');
  expect(person.screen()).not.toContain('That key does nothing here.');
});

test('t and Enter judge again; i shows the whole task', async () => {
  const { person } = await atTheLab();
  person.press('t');
  await person.sees('Not yet: 1 of 2');
  person.press('\r');
  await person.saw(/Not yet: 1 of 2[^]*Not yet: 1 of 2/);
  person.press('i');
  await person.sees('double(x: number): number');
});

test('an editor that draws on the terminal gets it, and gives it back', async () => {
  const course = makeRunnableCourse();
  const editor = join(course.root, 'my editor');
  writeFileSync(
    editor,
    '#!/bin/sh\nstty -a | tr " " "\\n" | grep -x "icanon;*"\necho "typing into ${1##*/}"\nread line\necho "$line" > "$1"\n',
  );
  chmodSync(editor, 0o755);
  const person = startTutor(course, { env: { EDITOR: `'${editor}'` } });
  await goToFirstLab(person);
  person.press('o');
  const there = await person.sees('typing into lab.ts');
  expect(there).toContain('icanon');
  person.press('export const double = (x) => 2 * x;\r');
  await person.sees('Passed: all 2 tests');
  person.press('?');
  await person.sees('Keys\n');
  person.press('q');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
});

test('a verdict that comes while an editor has the terminal is there afterwards, all of it', async () => {
  const course = makeRunnableCourse();
  const editor = join(course.root, 'editor');
  const done = join(course.root, 'done');
  writeFileSync(
    editor,
    `#!/bin/sh\nprintf "\\033[?1049hin front"\ncp "${course.solution(lab)}" "$1"\nuntil test -e "${done}"; do sleep 0.1; done\nprintf "\\033[?1049l"\n`,
  );
  chmodSync(editor, 0o755);
  const person = startTutor(course, { rows: 12, env: { EDITOR: editor } });
  await goToFirstLab(person);
  person.press('o');
  await person.sees('in front');
  // The lab is passed when it is kept as such: the verdict has come.
  while (!interleave(course.root, ['list', '--json'], course.env).stdout.includes('"status": "passed"'))
    await sleep(100);
  expect(person.screen()).not.toContain('Passed');
  writeFileSync(done, '');
  await person.sees('n goes on to lab 11.2');
  await person.saw(/--- \d\d:\d\d:\d\d[^]*ok [^]*Passed: all 2 tests[^]*What this pass rests on/);
  await person.sees('h hint');
});

test('what was printed beyond the first lines is a key away', async () => {
  const { course, person } = await atTheLab();
  person.press('p');
  await person.sees('Your program has printed nothing.');
  const loop = 'for (let line = 1; line <= 30; line++) console.log(`line ${line} \x1b[2J`);\n';
  writeFileSync(course.file(lab), loop + wrong);
  await person.sees('p shows all that your program printed.');
  expect(person.all()).not.toContain('line 30');
  person.press('p');
  await person.sees('| line 30 \\x1b[2J');
});

test('a run is announced before it is over, and a quick one is not', async () => {
  const { course, person } = await atTheLab();
  writeFileSync(course.file(lab), 'await new Promise((go) => setTimeout(go, 700));\n' + wrong);
  await person.sees(/(Starting your program|Running "doubles")$/m);
  await person.sees('Not yet: 0 of 2');
});

test('a save that changes nothing is noticed, and judged no second time', async () => {
  const { course, person } = await atTheLab();
  writeFileSync(course.file(lab), wrong);
  await person.sees('Not yet: 0 of 2');
  await sleep(1_100);
  writeFileSync(course.file(lab), wrong);
  await person.sees('Saved; nothing has changed.');
  expect(person.all().split('Not yet').length).toBe(2);
  copyFileSync(course.solution(lab), course.file(lab));
  await person.sees('Passed: all 2 tests');
  expect(person.screen()).not.toContain('nothing has changed');
});

test('from 80 to 60 to 120 columns nothing is there twice, and nothing is cut', async () => {
  const { course, person } = await atTheLab();
  writeFileSync(course.file(lab), 'for (;;);\n');
  await person.sees('Starting your program');
  for (const columns of [60, 120]) {
    person.resize(columns);
    await person.sees(
      (screen) => screen.includes(`Your copy: workspace/${lab} (lab.ts)`) && isDrawnFor(screen, columns),
    );
    await person.sees('Starting your program');
    const lines = person
      .screen()
      .split('\n')
      .filter((line) => line.trim() !== '');
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines.join(' ')).toContain(
      'Edit it in your own editor (o opens it). Each save is judged; i shows all of the task.',
    );
    expect(lines.filter((line) => line.includes('Starting'))).toHaveLength(1);
  }
  copyFileSync(course.solution(lab), course.file(lab));
  await person.sees('Passed: all 2 tests');
  expect(person.screen()).not.toContain('Starting your program');
});

/** The line of keys is as long as the window allows. */
function isDrawnFor(screen: string, columns: number): boolean {
  const keys = screen.split('\n').find((line) => line.startsWith('h hint')) ?? '';
  return columns === 120 ? keys.endsWith('? help') : keys.endsWith('i task');
}

test.for([
  [{ VISUAL: 'no-such-editor' }, '$VISUAL is "no-such-editor", and there is no such program.'],
  [{}, 'No editor was found: $VISUAL and $EDITOR are not set'],
  [{ EDITOR: 'vi', npm_lifecycle_event: 'start' }, '"vi" only because npm makes it so'],
] as const)('an editor that is not there: %o', async ([env, words]) => {
  const { person } = await atTheLab({ env: { PATH: '/usr/bin:/bin', ...env } });
  person.press('o');
  await person.sees(words);
  person.press('?');
  await person.sees('Keys\n');
});

test('what the learner prints cannot touch the terminal', async () => {
  const { course, person } = await atTheLab();
  const text = '\\x1b[2J\\x1b]0;title\\x07\\rPassed: all 2 tests\\u202e';
  writeFileSync(
    course.file(lab),
    `console.log("${text}");\nexport function double(x: number) { throw new Error("${text}"); }\n`,
  );
  await person.sees('Not yet: 0 of 2');
  expect(person.all()).toContain('\\x1b[2J\\x1b]0;title\\x07');
  expect(person.all()).toContain('\\u202e');
  expect(person.raw).not.toContain('\x1b]0;title');
  expect(person.raw).not.toContain('\u202e');
  expect(person.all()).not.toMatch(/^Passed: all/m);
});

test.for([60, 200])(
  'a verdict and the keys fit into %i columns, and again after a change of width',
  async (columns) => {
    const { course, person } = await atTheLab({ columns });
    writeFileSync(course.file(lab), wrong);
    await person.sees('Look at:');
    const other = columns === 60 ? 100 : 60;
    person.resize(other);
    await person.sees((screen) => /--- \d\d:\d\d:\d\d -+$/m.exec(screen)?.[0].length === Math.min(other - 1, 88));
    const lines = person.screen().split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(other);
    expect(lines.at(-1)).toMatch(/\? help$/);
    expect(lines.join('\n')).toContain('Look at:   what double returns');
  },
);

test('TERM=dumb and NO_COLOR: plain lines, and the keys still work', async () => {
  const course = makeRunnableCourse();
  const person = startTutor(course, { env: { TERM: 'dumb', NO_COLOR: '1' } });
  await person.sees('A number and Enter');
  person.press('11\r');
  await person.sees('l labs');
  person.press('l\r');
  await person.sees('Labs of lesson 11');
  person.press('1\r');
  await person.sees('h hint');
  writeFileSync(course.file(lab), wrong);
  await person.sees('Look at:');
  person.press('h');
  await person.sees('Hint 1 of 3');
  expect(person.raw).not.toContain('\x1b');
  // What has not changed at the bottom is not printed again after each verdict.
  expect(person.all().split('h hint').length).toBe(2);
  person.press('q');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
});

test('two tutors at once see the same saves and keep one progress', async () => {
  const { course, person } = await atTheLab();
  const other = startTutor(course);
  await goToFirstLab(other);
  copyFileSync(course.solution(lab), course.file(lab));
  await Promise.all([person.sees('Passed: all 2 tests'), other.sees('Passed: all 2 tests')]);
  for (const each of [person, other]) {
    each.press('b');
    await each.sees('[x] 1  Twice as much');
  }
});
