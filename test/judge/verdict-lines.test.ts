// A verdict as lines: what stands where, at both ends of the widths, and nothing of what a program made up.
import { expect, test } from 'vitest';
import { verdictLines } from '../../runner/judge/verdict-lines.ts';
import type { TestResult, Verdict } from '../../runner/judge/verdict.ts';
import { plainStyle, styleFor } from '../../runner/terminal/style.ts';
import { displayWidth } from '../../runner/terminal/wrap.ts';

const failure =
  'Expected: all 4 threads to have ended before the answer comes, whatever the order in which they end\n' +
  'Happened: The answer came after 2 of 4.\n' +
  'Look at:  workspace/11-threads/1-start-and-join/lab.ts:12, where the answer is given';

function verdict(changes: Partial<Verdict>): Verdict {
  return {
    lab: '11.1',
    verdict: 'failed',
    ending: 'completed',
    message: failure,
    tests: [],
    ms: 31,
    seed: 'abc',
    leftBehind: [],
    output: '',
    ...changes,
  };
}

function result(name: string, status: TestResult['status'], ms = 3): TestResult {
  return { name, status, message: '', ms };
}

const tests = [
  result('gives each item its result', 'passed'),
  result('waits for every thread, also for the slow ones and for those that were started last', 'failed', 2_140),
  result('counts the threads of the machine', 'skipped'),
];

function text(changes: Partial<Verdict>, columns: number): string {
  return verdictLines(verdict(changes), columns, plainStyle).join('\n');
}

test('a failure at 60 columns', () => {
  expect(text({ tests, output: 'one\ntwo\n', leftBehind: ['a worker thread'], ms: 2_204 }, 60)).toMatchInlineSnapshot(`
    "Your program printed:
      | one
      | two

      ok       3 ms  gives each item its result
      FAIL    2.1 s  waits for every thread, also for the slow
                     ones and for those that were started last
      skip           counts the threads of the machine

    Not yet: 1 of 3 tests passed, in 2.2 s. What failed: "waits
    for every thread, also for the slow ones and for those that
    were started last"

      Expected:  all 4 threads to have ended before the answer
                 comes, whatever the order in which they end
      Happened:  The answer came after 2 of 4.
      Look at:   workspace/11-threads/1-start-and-join/lab.ts:12
                 , where the answer is given

    Still running after the last test, and ended now: a worker
    thread."
  `);
});

test('a failure at 200 columns', () => {
  expect(text({ tests }, 200)).toMatchInlineSnapshot(`
    "  ok       3 ms  gives each item its result
      FAIL    2.1 s  waits for every thread, also for the slow ones and for those that were
                     started last
      skip           counts the threads of the machine

    Not yet: 1 of 3 tests passed, in 31 ms. What failed: "waits for every thread, also for
    the slow ones and for those that were started last"

      Expected:  all 4 threads to have ended before the answer comes, whatever the order in
                 which they end
      Happened:  The answer came after 2 of 4.
      Look at:   workspace/11-threads/1-start-and-join/lab.ts:12, where the answer is given"
  `);
});

test('a pass, with and without tests that the machine cannot run', () => {
  const passed = { verdict: 'passed', message: '' } as const;
  expect(text({ ...passed, tests: [result('a', 'passed')] }, 80)).toMatch(/\n\nPassed: the only test, in 31 ms\.$/);
  expect(text({ ...passed, tests: [result('a', 'passed'), result('b', 'skipped')] }, 80)).toMatchInlineSnapshot(`
    "  ok       3 ms  a
      skip           b

    Passed: 1 of 2 tests (this machine cannot run the others), in 31 ms."
  `);
});

test('tests that were left out say why', () => {
  const why = 'Not run, because 2 tests before ran into a limit.';
  const left = [
    result('first', 'failed', 3_000),
    result('second', 'failed', 3_000),
    ...['third', 'fourth'].map((name) => ({ ...result(name, 'skipped'), message: why })),
  ];
  expect(text({ verdict: 'timed-out', tests: left, ms: 6_400, message: 'Happened: x' }, 80)).toMatchInlineSnapshot(`
    "  FAIL    3.0 s  first
      FAIL    3.0 s  second
      skip           third
      skip           fourth

      Not run, because 2 tests before ran into a limit.

    Stopped at a limit: 0 of 4 tests passed, in 6.4 s. The first that failed:
    "first"

      Happened:  x"
  `);
});

test('code in a message keeps its shape; what could not be run lists no tests', () => {
  const message =
    'Happened: This is not valid TypeScript: Unexpected token\n\n    if (x {\n          ^\n\nLook at:  lab.ts:3';
  expect(text({ verdict: 'not-runnable', message, tests }, 60)).toMatchInlineSnapshot(`
    "Could not be run, so no test was tried.

      Happened:  This is not valid TypeScript: Unexpected token

          if (x {
                ^

      Look at:   lab.ts:3"
  `);
});

test.for(['timed-out', 'crashed'] as const)('%s says so in a sentence of its own', (kind) => {
  const first = text({ verdict: kind, tests }, 88)
    .split('\n')
    .find((line) => line.includes('of 3 tests'));
  expect(first).toBe(
    kind === 'timed-out'
      ? 'Stopped at a limit: 1 of 3 tests passed, in 31 ms. What failed: "waits for every thread,'
      : 'Ended before its time: 1 of 3 tests passed, in 31 ms. What failed: "waits for every',
  );
});

test('a flood is cut, and says how much there was', () => {
  const output = Array.from({ length: 500 }, (_, index) => `line ${index}`).join('\n');
  const lines = verdictLines(verdict({ output, tests }), 80, plainStyle);
  expect(lines.filter((line) => line.startsWith('  | '))).toHaveLength(10);
  expect(lines[0]).toBe('Your program printed (the first 10 lines of 500 or more):');
  const long = verdictLines(verdict({ message: `Happened: ${'x\n'.repeat(10_000)}` }), 80, plainStyle);
  expect(long.length).toBeLessThan(120);
  expect(long).toContain('  (9900 more lines)');
});

/** As the explorer draws it, with what stands around. */
function picture(steps: number, columns: number): string {
  const rows = Array.from(
    { length: steps },
    (_, step) => `  ${step + 1}  load counter[0]: 0`.padEnd(columns - 2) + '|',
  );
  return [
    'Expected: every addition to be counted',
    'Happened: When all threads have ended: final returned false.',
    '',
    '     thread 0'.padEnd(columns - 2) + '|',
    ...rows,
    '',
    'In memory then: counter[0] is 1.',
    '',
    '4 steps, 1 preemption.',
    'Look at:  who fits in between.',
  ].join('\n');
}

test('a picture keeps its shape, is drawn for a narrow window, and what to look at stands apart from it', () => {
  const message = picture(2, 77);
  const narrow = picture(2, 59);
  const failed: TestResult = { name: 'adds', status: 'failed', message, narrow, ms: 3 };
  expect(text({ tests: [failed], message }, 80)).toMatchInlineSnapshot(`
    "  FAIL     3 ms  adds

    Not yet: 0 of 1 tests passed, in 31 ms. What failed: "adds"

      Expected:  every addition to be counted
      Happened:  When all threads have ended: final returned false.

           thread 0                                                              |
        1  load counter[0]: 0                                                    |
        2  load counter[0]: 0                                                    |

      In memory then: counter[0] is 1.

      4 steps, 1 preemption.

      Look at:   who fits in between."
  `);
  const lines = verdictLines(verdict({ tests: [failed], message }), 60, plainStyle);
  expect(lines.filter((line) => line.endsWith('|')).map(displayWidth)).toEqual([60, 60, 60]);
  expect(verdictLines(verdict({ tests: [failed], message }), 79, plainStyle)).toEqual(
    expect.arrayContaining(lines.filter((line) => line.endsWith('|'))),
  );
});

test('of a picture that is longer than anybody reads the end is shown', () => {
  const lines = text({ message: picture(300, 77) }, 80).split('\n');
  expect(lines.length).toBeLessThan(120);
  expect(lines.at(-1)).toBe('  Look at:   who fits in between.');
  expect(lines.find((line) => line.includes('more lines'))).toBe('  (210 more lines)');
});

test('what a pass has proved takes a line for each test, and its limits are said once', () => {
  const proof = (brief: string, ...limits: string[]) => ({ words: `No order fails: ${brief}.`, brief, limits });
  const ofThreads = 'It holds for this number of threads and this script, not for others.';
  const ofTasks = 'It holds for this number of tasks and this script, not for others.';
  const proved: TestResult[] = [
    { ...result('alone, it does what it says', 'passed') },
    {
      ...result('nobody takes what is not there', 'passed'),
      message: 'No order fails: 3 threads, 94 states.',
      proofs: [proof('3 threads, 94 states', ofThreads, 'Steps come one at a time.')],
    },
    {
      ...result('a transfer neither makes money nor loses it', 'passed'),
      message: 'No order fails: 2 threads, 41 states.\nNo order fails: 2 tasks, 6 orders.',
      proofs: [
        proof('2 threads, 41 states', ofThreads, 'Steps come one at a time.'),
        proof('2 tasks, 6 orders', ofTasks),
      ],
    },
  ];
  expect(text({ verdict: 'passed', message: '', tests: proved }, 60)).toMatchInlineSnapshot(`
    "  ok       3 ms  alone, it does what it says
      ok       3 ms  nobody takes what is not there
      ok       3 ms  a transfer neither makes money nor loses it

    Passed: all 3 tests, in 31 ms.

      Proved, in every order of the steps:
        nobody takes what is not there: 3 threads, 94 states
        a transfer neither makes money nor loses it: 2 threads,
          41 states; 2 tasks, 6 orders
      - It holds for this number of threads and this script, not
        for others.
      - Steps come one at a time.
      - It holds for this number of tasks and this script, not
        for others."
  `);
});

// eslint-disable-next-line no-control-regex
const control = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

test('no byte of the program reaches the terminal as it is', () => {
  const hostile = 'a\x1b[2J\x1b]0;t\x07\r\b\x9b31m\u202e\u2066z\ud800';
  const lines = verdictLines(
    verdict({
      message: `Happened: ${hostile}\n    ${hostile}`,
      output: `${hostile}\n\tb`,
      leftBehind: [hostile],
      tests,
    }),
    60,
    plainStyle,
  );
  for (const line of lines) expect(line).not.toMatch(control);
  expect(lines.join('\n')).toContain('a\\x1b[2J');
});

test.for([60, 61, 80, 200])('no line is wider than %i columns, with or without colours', (columns) => {
  const changes = {
    tests,
    output: `${'wide 漢字 '.repeat(40)}\nword${'x'.repeat(300)}`,
    leftBehind: ['y'.repeat(300)],
  };
  const coloured = verdictLines(verdict(changes), columns, styleFor({ isTTY: true }, { FORCE_COLOR: '1' }));
  const plain = verdictLines(verdict(changes), columns, plainStyle);
  // eslint-disable-next-line no-control-regex
  expect(coloured.map((line) => line.replaceAll(/\x1b\[\d+m/g, ''))).toEqual(plain);
  expect(Math.max(...plain.map(displayWidth))).toBeLessThanOrEqual(columns);
});

test.for([
  ['timed-out', 'Stopped at a limit'],
  ['crashed', 'Ended before its time'],
] as const)('%s before any test: no test is named or listed', ([kind, words]) => {
  const said = text({ verdict: kind, tests: [result('first', 'skipped'), result('second', 'skipped')], ms: 2_000 }, 80);
  expect(said).toContain(`${words}: while it was loaded, after 2.0 s, so no test was tried.`);
  expect(said).not.toMatch(/skip|first|second|""/);
});
