// Drills at a real terminal: answered rightly and wrongly, skipped, left.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Drill, makeDrill } from '../../runner/drill/drill.ts';
import { letterOf } from '../../runner/drill/answer.ts';
import type { Level } from '../../runner/drill/levels.ts';
import { openProgress } from '../../runner/progress/progress.ts';
import { makeRunnableCourse, type RunnableCourse } from '../harness/course.ts';
import { processesLeft } from '../harness/processes.ts';
import { keys, Person } from '../harness/pty.ts';
import { leftBy } from '../harness/tutor.ts';

interface Window {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: NodeJS.ProcessEnv;
}

function startDrills(
  course: RunnableCourse,
  args: readonly string[],
  { columns = 80, rows = 40, env = {} }: Window = {},
) {
  const script = 'trap : INT; "$0" "$@"; echo "ended with $?"; stty -a';
  return new Person('sh', ['-c', script, process.execPath, course.launcher, 'drill', 'order', ...args], {
    cwd: course.root,
    env: { ...course.env, INTERLEAVE_HOME: join(course.tmp, 'home'), ...env },
    columns,
    rows,
  });
}

function lettersOf({ shuffled }: Drill, lines: readonly string[]): string[] {
  return lines.map((line) => letterOf(shuffled.indexOf(line)));
}

/** One key at a time, as fingers do. */
async function type(person: Person, drill: Drill, lines: readonly string[]): Promise<void> {
  const pressed: string[] = [];
  for (const [index, letter] of lettersOf(drill, lines).entries()) {
    person.press(letter);
    pressed.push(lines[index] ?? '');
    await person.sees((text) => oneLine(text).includes(`Your order: ${pressed.join(', ')}`));
  }
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** The first two lines changed places. */
function wrong({ lines: [first = '', second = '', ...rest] }: Drill): string[] {
  return [second, first, ...rest];
}

function answersIn(course: RunnableCourse) {
  const progress = openProgress({ INTERLEAVE_HOME: join(course.tmp, 'home') });
  try {
    return progress.drillAnswers('order');
  } finally {
    progress.close();
  }
}

test('a right answer, then a wrong one; the level is remembered, the terminal as it was', async () => {
  const course = makeRunnableCourse();
  const person = startDrills(course, ['--seed', '31']);
  const [first, second] = [makeDrill(31, 1), makeDrill(32, 1)];
  await person.sees('Drill 31, level 1');
  await type(person, first, first.lines);
  person.press(keys.enter);
  await person.saw(`Right, all ${first.lines.length} lines`);
  await person.sees('Level 1, 1 right in a row. 2 more right in a row and it is level 2.');

  person.press(keys.enter);
  await person.sees('Drill 32, level 1');
  // A key that was pressed by mistake is taken back.
  person.press(lettersOf(second, second.lines)[0] ?? '');
  await person.sees(`Your order: ${second.lines[0]}`);
  person.press('\x7f');
  await person.sees('Your order: (none yet)');
  person.press(keys.enter);
  await person.sees(`${second.lines.length} lines are missing.`);
  await type(person, second, wrong(second));
  person.press(keys.enter);
  const text = oneLine(await person.saw('as the tracer saw it'));
  expect(text).toContain(`Not so. In place 1 comes "${second.lines[0]}", and you expected "${second.lines[1]}".`);
  expect(text).toMatch(/as the tracer saw it: (script|microtask) .* line \d+ printed "/);
  await person.sees('Level 1, 0 right in a row. 3 more');
  person.press('q');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
  expect(answersIn(course)).toEqual([
    { seed: 31, level: 1, isRight: true, isFixed: false },
    { seed: 32, level: 1, isRight: false, isFixed: false },
  ]);
});

test('three right ones raise the level', async () => {
  const course = makeRunnableCourse();
  const person = startDrills(course, ['--seed', '50']);
  for (const seed of [50, 51, 52]) {
    const drill = makeDrill(seed, 1);
    await person.saw(`Drill ${seed}, level 1`);
    await type(person, drill, drill.lines);
    person.press(keys.enter);
    await person.sees(`${seed - 49} right in a row.`);
    person.press(keys.enter);
  }
  await person.sees('Drill 53, level 2');
  person.press(keys.ctrlC);
  expect(await leftBy(person)).toMatchObject({ exitCode: 130, isAsBefore: true });
});

test('60 columns, 24 rows: nothing is wider, and what is to be ordered stays in the window', async () => {
  const course = makeRunnableCourse();
  const person = startDrills(course, ['--seed', '7', '--level', '5'], { columns: 60, rows: 24 });
  const drill = makeDrill(7, 5);
  await person.sees('q quit');
  for (const line of drill.shuffled) expect(person.screen()).toContain(`) ${line}`);
  await type(person, drill, drill.lines.toReversed());
  person.press(keys.enter);
  await person.sees('Enter next');
  await person.saw('Level 5, as you asked for; 0 right in a row.');
  expect(oneLine(person.all())).toContain('Not so. In place 1 comes');
  // A line that is broken by the terminal has no break of ours: the program's lines are all there as they are.
  person.resize(100, 40);
  await person.sees('Level 5, as you asked for');
  person.press(keys.enter);
  await person.sees('Drill 8, level 5');
  person.press('s');
  await person.sees('Drill 9, level 5');
  person.press('?');
  await person.saw((text) => oneLine(text).includes('s skips a drill, and nothing is counted.'));
  person.press('bad');
  await person.sees('That was pasted; keys work one at a time.');
  person.press(keys.ctrlD);
  expect(await leftBy(person)).toMatchObject({ exitCode: 130, isAsBefore: true });
  expect(answersIn(course).map(({ seed, isFixed }) => [seed, isFixed])).toEqual([[7, true]]);
});

test('Ctrl-C while it runs leaves nothing behind', async () => {
  const course = makeRunnableCourse();
  const person = startDrills(course, ['--seed', '7', '--level', '2']);
  const drill = makeDrill(7, 2);
  await person.sees('q quit');
  await type(person, drill, wrong(drill));
  person.press(keys.enter);
  person.press(keys.ctrlC);
  expect(await leftBy(person)).toMatchObject({ exitCode: 130, isAsBefore: true });
  expect(await processesLeft(course.tmp)).toEqual([]);
});

test('a dumb terminal: letters are typed with Enter behind them', async () => {
  const course = makeRunnableCourse();
  const level: Level = 2;
  const person = startDrills(course, ['--seed', '5', '--level', String(level)], { env: { TERM: 'dumb' } });
  const drill = makeDrill(5, level);
  await person.sees('in order, then Enter');
  person.press('abc\r');
  await person.saw('is needed once; these are 3.');
  person.press(`${lettersOf(drill, drill.lines).join(' ')}\r`);
  await person.saw('Right, all');
  await person.saw('Enter brings the next one, q quits.');
  person.press('\r');
  await person.saw('Drill 6, level 2');
  expect(person.raw).not.toContain('\x1b[');
  person.press('q\r');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
});
