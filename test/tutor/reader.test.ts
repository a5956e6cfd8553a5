// A lesson in a real terminal: from its first page to its labs, predicting, running, measuring, leaving and coming back.
import { spawnSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openProgress, progressFile } from '../../runner/progress/progress.ts';
import type { RunnableCourse } from '../harness/course.ts';
import { processesLeft, processesOf } from '../harness/processes.ts';
import { keys, Person } from '../harness/pty.ts';
import { leftBy, startTutor } from '../harness/tutor.ts';
import { courseToRead, openLesson, walk } from './reader-fixture.ts';

const onLinux = process.platform === 'linux';
const hasJobs = onLinux && spawnSync('bash', ['-c', 'true']).status === 0;

/** The last line of the window, where the keys are. */
function lastLine(screen: string): string {
  return screen.split('\n').at(-1) ?? '';
}

/** What progress keeps of the fixture lesson. */
function kept({ root }: RunnableCourse) {
  const progress = openProgress({ INTERLEAVE_HOME: root });
  try {
    const answers = [...progress.answers('11')].map(([name, { choice, isRight }]) => [name, choice, isRight]);
    return { answers, position: progress.position('11'), counts: progress.measurement('11/counts') };
  } finally {
    progress.close();
  }
}

test('from the first page to the labs: a right and a wrong prediction, a program, a demo, and what it changes', async () => {
  const course = courseToRead();
  const person = await openLesson(course);
  const first = await person.sees('more below');
  expect(first).toMatch(/^Lesson 11: Numbers\nDouble a number, and add some\.\n30 minutes/);
  expect(first).not.toContain('Predict');
  expect(lastLine(first)).toBe('space on   ? help   q quit   l labs   m map');

  person.press(' ');
  const asked = await person.sees('a, b or c answer');
  expect(asked).toContain('What comes after 8?');
  expect(asked).not.toMatch(/secret|Eight and eight/);
  await walk(person, [
    [' ', 'a, b or c first: what do you think?'],
    ['1', 'It printed:\n   2\n   4\n   8\n   \\x1b[31mred\\x1b[0m\n[1] runs it again.'],
    [' ', 'a, b or c answer'],
    ['b', 'You chose b: right.\n   Eight and eight.'],
    [' ', 'is a secret'],
    [' ', 'page 2 of 3'],
  ]);
  expect(person.screen()).not.toContain('Demo');
  person.press('a');
  const outcome = await person.sees('Enter measure');
  expect(outcome).toContain('You chose a.\n\nDemo 11/counts');
  expect(outcome).not.toMatch(/known only now|one would like|Right/);
  person.press(keys.enter);
  const compared = await person.sees('You predicted a) 3 times - not so\n   Three is what one would like.');
  expect(compared).toMatch(/many {2}200 things {2}#{20,}\n/);
  expect(compared).toContain('Verdict: holds');
  person.press(' ');
  const after = await person.sees('There were 10.00 times as many');
  expect(after).toContain('Right is b) 10 times\n   There are 200');
  expect(after).toContain('Where they are many');
  expect(after).not.toContain('Where they are few');
  expect(kept(course)).toMatchObject({
    answers: [
      ['next-number', 'b', true],
      ['how-many', 'a', false],
    ],
    position: 'how-many',
    counts: { report: { isStopped: false } },
  });

  await walk(person, [
    [' ', 'page 3 of 3'],
    ['s', 'It took 3.0* times as long.'],
  ]);
  expect(person.screen()).toMatch(/Skipped\. \[1\] measures it\./);
  expect(person.screen()).toContain('* measured on another machine: 2 virtual cores, Linux, Node 24.21');
  await walk(person, [
    ['b', 'You chose b: right.'],
    [' ', 'You have read lesson 11. Of its 3 questions you answered 2 right.'],
  ]);
  await person.sees('> [ ] 1  Twice as much');
  await walk(person, [
    ['b', 'page 3 of 3'],
    ['m', '> 11  Numbers'],
  ]);
  person.press('q');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
});

test('whoever comes back is on the same page, with the answers given and what was measured', async () => {
  const course = courseToRead();
  const person = await openLesson(course);
  await walk(person, [
    [' ', 'a, b or c answer'],
    ['c', 'Right is b.'],
    ['n', 'page 2 of 3'],
    ['b', 'Enter measure'],
    [keys.enter, 'You predicted b) 10 times - right'],
  ]);
  person.press('q');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });

  const again = startTutor(course);
  await again.sees('> Continue: lesson 11  Numbers');
  again.press(keys.enter);
  const page = await again.sees('page 2 of 3');
  // The window begins where something was done last.
  expect(page).toMatch(/^Many and few\n/);
  await walk(again, [
    ['p', 'You chose b.'],
    [' ', /Measured on \d+ \w+ \d{4}\. \[1\] measures again\./],
    [keys.left, 'How many times as many'],
    [keys.left, 'page 1 of 3'],
    [' ', 'You chose c: not so.'],
  ]);
});

test('back goes where one came from, help shows the keys, and a skip is no answer', async () => {
  const course = courseToRead();
  const person = await openLesson(course);
  await walk(person, [
    ['p', 'This is where the lesson begins'],
    [' ', 'a, b or c answer'],
    ['s', 'is a secret'],
    ['?', 'answers the question at which a page stops'],
    ['x', 'is a secret'],
    [' ', 'page 2 of 3'],
    ['p', 'page 1 of 3'],
  ]);
  expect(person.screen()).toContain('is a secret');
  await walk(person, [
    [keys.up, 'the wheels of a car'],
    ['z', 'That key does nothing here. These do something:'],
    ['\x1b[200~abc\x1b[201~', 'That was pasted; keys work one at a time.'],
    ['l', 'Labs of lesson 11'],
    ['b', 'the wheels of a car'],
  ]);
  expect(kept(course).answers).toEqual([]);
});

test('Ctrl-C ends a demo with what was measured, and the lesson goes on', async () => {
  const course = courseToRead();
  const person = await openLesson(course);
  await walk(person, [
    [' ', 'a, b or c answer'],
    ['s', 'is a secret'],
    [' ', 'page 2 of 3'],
    ['s', 'Enter measure'],
    ['s', 'There were 7.00* times as many'],
    [' ', 'page 3 of 3'],
    [keys.enter, /long \/ short: \d+ rounds\n.*Ctrl-C ends it/],
    [keys.ctrlC, 'Stopped: this is what was measured until then.'],
  ]);
  expect(person.screen()).toMatch(/It took \d\S* times as long\./);
  expect(person.screen()).not.toContain('3.0*');
  // What was stopped is not shown the next time.
  const database = new DatabaseSync(progressFile({ INTERLEAVE_HOME: course.root }));
  expect(database.prepare('SELECT count(*) AS n FROM measurements').get()).toEqual({ n: 0 });
  database.close();
  person.press('q');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
  if (onLinux) expect(await processesLeft(course.tmp)).toEqual([]);
});

test('Ctrl-C ends a program with what it printed, and nothing of it is left', async () => {
  const course = courseToRead();
  const person = await openLesson(course);
  await walk(person, [
    [' ', 'a, b or c answer'],
    ['b', 'Eight and eight'],
    [' ', '[2] runs it.'],
    ['2', /It printed:\n {3}begins\n[^]*Running lessons\/11-numbers\/snippets\/endless\.ts/],
    [keys.ctrlC, 'You ended it.\n[2] runs it again.'],
  ]);
  if (onLinux) expect((await processesLeft(course.tmp, 0)).filter((line) => line.includes('endless'))).toEqual([]);
});

const moments: Record<string, readonly (readonly [string, string | RegExp])[]> = {
  'a page': [],
  'a question': [[' ', 'a, b or c answer']],
  help: [['?', 'answers the question']],
  'a program': [
    [' ', 'a, b or c answer'],
    ['b', 'Eight and eight'],
    [' ', '[2] runs it.'],
    ['2', 'begins\n'],
  ],
};

test.for(Object.entries(moments))('leaving for good during %s', async ([moment, steps]) => {
  const course = courseToRead();
  const person = await openLesson(course);
  await walk(person, steps);
  person.press(moment === 'a program' ? keys.ctrlD : keys.ctrlC);
  const left = await leftBy(person);
  expect(left).toMatchObject({ exitCode: 130, isAsBefore: true });
  expect(left.text).not.toMatch(/Error|at .*:\d+:\d+|page \d of 3/);
  // The alternate screen was left as often as it was taken.
  expect(person.raw.split('\x1b[?1049h')).toHaveLength(2);
  expect(person.raw.split('\x1b[?1049l')).toHaveLength(2);
  if (onLinux) expect(await processesLeft(course.tmp)).toEqual([]);
});

test.skipIf(!onLinux)('Ctrl-C twice during a demo leaves, and nothing goes on measuring', async () => {
  const course = courseToRead();
  const person = await openLesson(course);
  await walk(person, [
    [' ', 'a, b or c answer'],
    ['b', 'Eight and eight'],
    ['n', 'page 2 of 3'],
    ['b', 'Enter measure'],
    [keys.enter, 'Measuring'],
  ]);
  person.press(keys.ctrlC);
  person.press(keys.ctrlC);
  expect(await leftBy(person)).toMatchObject({ exitCode: 130, isAsBefore: true });
  expect(await processesLeft(course.tmp)).toEqual([]);
});

test.for([60, 200])('%i columns, without colours: everything fits', async (columns) => {
  const course = courseToRead();
  const person = await openLesson(course, { columns, rows: 30, env: { NO_COLOR: '1' } });
  await walk(person, [
    [' ', 'a, b or c answer'],
    ['a', 'You chose a: not so.'],
    ['n', 'page 2 of 3'],
    ['b', 'Enter measure'],
    [keys.enter, 'You predicted b) 10 times - right'],
  ]);
  // eslint-disable-next-line no-control-regex
  const drawn = person.raw.slice(person.raw.indexOf('\x1b[?1049h')).replaceAll(/\x1b[[\]]?[\d;?]*[a-zA-Z78]/g, '\n');
  expect(drawn.split(/[\r\n]+/).filter((line) => line.length > columns)).toEqual([]);
  // eslint-disable-next-line no-control-regex
  expect(person.raw).not.toMatch(/\x1b\[[\d;]*m/);
});

test('a resized window is drawn again, and begins with the same line', async () => {
  const person = await openLesson(courseToRead());
  await walk(person, [[' ', 'a, b or c answer']]);
  const [top] = person.screen().split('\n');
  person.resize(60, 20);
  const narrow = await person.sees((screen) =>
    screen.split('\n').some((line) => /^--- .*-$/.test(line) && line.length === 59),
  );
  expect(narrow.split('\n')[0]).toBe(top);
});

test('TERM=dumb: what is new is printed, keys are typed', async () => {
  const course = courseToRead();
  const person = await openLesson(course, { env: { TERM: 'dumb' } });
  const type = async (line: string, sight: string | RegExp): Promise<unknown> => {
    person.press(`${line}\r`);
    return await person.saw(sight);
  };
  await person.sees('Enter on   ? help');
  await type('', 'a, b or c answer');
  await type('what', 'That key does nothing here');
  await type('1', /Running lessons\S+\nCtrl-C ends it\n[^]*It printed:\n {3}2\n/);
  await type('', 'a, b or c answer');
  await type('a', 'Right is b.\n   Eight and eight.\n');
  await type('', 'is a secret');
  await type('2', 'Running lessons/11-numbers/snippets/endless.ts');
  person.press(keys.ctrlC);
  await person.saw('You ended it.');
  await type('', 'page 2 of 3');
  await type('b', 'Enter measure   s skip');
  await type('', 'You predicted b) 10 times - right');
  await type('l', 'Labs of lesson 11');
  expect(person.raw).not.toContain('\x1b');
  // Nothing was printed twice.
  expect(person.all().match(/How many times as many are there/g)).toHaveLength(1);
  person.press('q\r');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
});

test.for(['ctrlC', 'ctrlD'] as const)('TERM=dumb: %s leaves', async (key) => {
  const person = await openLesson(courseToRead(), { env: { TERM: 'dumb' } });
  await person.sees('Enter on   ? help');
  person.press(keys[key]);
  expect(await leftBy(person)).toMatchObject({ exitCode: 130, isAsBefore: true });
});

test.skipIf(!hasJobs)('Ctrl-Z gives the shell its screen back, and after fg the page is there again', async () => {
  const course = courseToRead();
  const person = new Person('bash', ['--norc', '--noprofile', '-i'], {
    cwd: course.root,
    env: { ...course.env, PS1: '$ ' },
  });
  person.press(`"${process.execPath}" "${course.launcher}"\r`);
  await person.sees('> 11  Numbers');
  await walk(person, [
    [keys.enter, 'page 1 of 3'],
    [' ', 'a, b or c answer'],
    ['\x1a', /Stopped/],
  ]);
  expect(person.screen()).not.toContain('What comes after 8?');
  person.press('stty -a\r');
  expect(await person.sees(/ icanon/)).toMatch(/ echo /);
  await walk(person, [
    ['fg\r', 'What comes after 8?'],
    ['b', 'You chose b: right.'],
    ['q', '$'],
  ]);
});

test.skipIf(!onLinux)('a tutor that is told to end gives the terminal back first', async () => {
  const course = courseToRead();
  const person = await openLesson(course);
  await person.sees('more below');
  const tutor = processesOf(course.tmp).find((line) => line.endsWith(course.launcher) && !line.includes('sh -c'));
  process.kill(Number.parseInt(tutor ?? '', 10), 'SIGTERM');
  expect(await leftBy(person)).toMatchObject({ exitCode: 130, isAsBefore: true });
  expect(person.raw).toContain('\x1b[?1049l');
});

test('a lesson without labs ends on the map', async () => {
  const person = startTutor(courseToRead());
  await person.sees('> 11  Numbers');
  await walk(person, [
    ['12', '> 12  Words'],
    [keys.enter, 'space to the end'],
    ['l', 'This lesson has no labs.'],
    [' ', 'You have read lesson 12.'],
  ]);
  expect(person.screen()).toContain('> 12  Words');
});
