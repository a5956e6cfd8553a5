// The claims of starters, solutions and variants are judged, and a false one is named with what happened instead.
import { expect, test } from 'vitest';
import { auditCourse, type AuditOptions } from '../../runner/audit/audit.ts';
import { checkCourse } from '../../runner/audit/check-course.ts';
import { problemText } from '../../runner/audit/problem.ts';
import { prove, type ProveOptions } from '../../runner/audit/prove.ts';
import { labFolder, plant, solution, type Edits } from './audited-course.ts';

async function audit(root: string, options: Partial<AuditOptions> = {}) {
  const { labs, suites } = await auditCourse({
    root,
    lab: '01.1',
    standpoint: { cwd: root, env: {} },
    jobs: 2,
    repeat: 1,
    seed: 'fixed',
    ...options,
  });
  return { suites, problems: labs.flatMap((lab) => lab.problems).map(problemText) };
}

/** The same for one trial alone, by the file that it names. */
async function proveOne(root: string, file: string, options: Partial<ProveOptions> = {}): Promise<string[]> {
  const { labs } = checkCourse(root, '01.1', { cwd: root, env: {} });
  const trials = labs.flatMap((lab) => lab.trials).filter((trial) => trial.file === file);
  expect(trials).toHaveLength(1);
  const proofs = await prove(trials, { root, jobs: 1, repeat: 1, seed: 'fixed', ...options });
  return proofs.flatMap(({ problem }) => (problem ? [problemText(problem)] : []));
}

test('a lab whose claims hold has no problems', async () => {
  const progress: number[] = [];
  const result = await audit(plant({}), { onProgress: ({ done, of }) => progress.push(done / of) });
  expect(result).toEqual({ suites: { wrong: 5, caught: 5, right: 2, accepted: 2 }, problems: [] });
  // It says that it begins, too.
  expect(progress).toHaveLength(10);
  expect(progress.at(-1)).toBe(1);
});

test('variants that do not do what they claim are named, each with what happened instead', async () => {
  const root = plant({
    [`${solution}/wrong/whole-numbers.ts`]: [
      'Math.floor(total(readings) / readings.length)',
      'total(readings) / readings.length',
    ],
    [`${solution}/wrong/not-a-number.ts`]: [/^.*\n/, '// caught by "averages": what average divides\n'],
    [`${solution}/wrong/one-too-many.ts`]: ['the loop in averageOf', 'the loop of averageOf'],
    [`${solution}/wrong/gives-up.ts`]: ["'./total.ts'", "'./totals.ts'"],
    [`${solution}/right/at-once.ts`]: ['{ length: count }', '{ length: count - count }'],
    [`${solution}/right/by-hand/total.ts`]: ['  return sum;', '  return sum;;;}'],
  });
  const { suites, problems } = await audit(root);
  expect(suites).toEqual({ wrong: 5, caught: 1, right: 2, accepted: 0 });
  expect(problems).toEqual([
    expect.stringMatching(
      `^${solution}/right/at-once.ts: must pass, but it failed in "reads "count" times": Expected: read to be called \\d times Happened: It was called 0 times\\.`,
    ),
    expect.stringMatching(
      `^${solution}/right/by-hand/total.ts: must pass, but it could not be run: Happened: This is not valid TypeScript: .*${solution}/right/by-hand/total.ts:5`,
    ),
    expect.stringMatching(
      `^${solution}/wrong/gives-up.ts:1: "has no average of nothing" did not catch it: it could not be run: .*totals\\.ts`,
    ),
    `${solution}/wrong/not-a-number.ts:1: "averages" did not catch it: it failed in "has no average of nothing": Expected: undefined for no readings at all Happened: average([]) was NaN. Look at: the first line of average`,
    expect.stringMatching(
      `^${solution}/wrong/one-too-many.ts:1: "reads "count" times" failed, but not with the words "the loop of averageOf"; it said: Expected: .* Look at: the loop in averageOf$`,
    ),
    `${solution}/wrong/whole-numbers.ts:1: nothing caught it: it passes the suite, and "averages" should have failed`,
  ]);
});

const starters: Record<string, { edits: Edits; problem: RegExp }> = {
  'a starter that passes': {
    edits: {
      [`${labFolder}/lab.ts`]: "export * from './total.ts';\n",
      [`${labFolder}/total.ts`]: [
        'export function average(readings: readonly number[]): number | undefined {',
        '  return readings.length > 0 ? readings.reduce((a, b) => a + b) / readings.length : undefined;',
        '}',
        'export async function averageOf(read: () => Promise<number>, count: number): Promise<void> {',
        '  for (let call = 0; call < count; call++) await read();',
        '}',
      ].join('\n'),
    },
    problem: /the starter must run and fail, but it passes: nothing is left to do$/,
  },
  'a starter that cannot be run': {
    edits: { [`${labFolder}/total.ts`]: 'export const totals = 1;\n' },
    problem: /the starter must run and fail, but it could not be run: .*does not provide an export named 'total'/,
  },
  'a starter that only runs into a limit': {
    edits: {
      [`${labFolder}/total.ts`]: 'export function total(): number {\n  for (;;);\n}\n',
      [`${labFolder}/lab.json`]: ['"title"', '"limits": { "testMs": 300 },\n  "title"'],
    },
    problem: /the starter must run and fail, but it ran into a limit in "averages": Expected: an answer within 300 ms/,
  },
  'a starter that crashes': {
    edits: { [`${labFolder}/total.ts`]: 'export const total = (): number => process.exit(5);\n' },
    problem: /the starter must run and fail, but it crashed in "averages": .*ended itself with code 5/,
  },
};

test.for(Object.entries(starters))('%s is a problem', async ([, { edits, problem }]) => {
  const problems = await proveOne(plant(edits), `${labFolder}/lab.ts`);
  expect(problems).toEqual([expect.stringMatching(problem)]);
  expect(problems[0]).toMatch(new RegExp(`^${labFolder}/lab\\.ts: `));
});

test('a solution that fails is a problem', async () => {
  const root = plant({ [`${solution}/lab.ts`]: ['readings.length < count', 'readings.length <= count'] });
  const problems = await proveOne(root, `${solution}/lab.ts`);
  expect(problems[0]).toMatch(`${solution}/lab.ts: must pass, but it failed in "reads "count" times"`);
});

const suites: Record<string, { edit: readonly [from: string, to: string]; problem: string | RegExp }> = {
  'is not TypeScript': {
    edit: ["from './lab.ts';", "from './lab.ts';\nconst = 1;"],
    problem: /lab\.test\.ts:3: the suite itself failed\nError: Transform failed/,
  },
  throws: {
    edit: ["from './lab.ts';", "from './lab.ts';\nthrow new Error('too early');"],
    problem: `${labFolder}/lab.test.ts:3: the suite itself failed\nError: too early`,
  },
  'has a test that lab.json does not know': {
    edit: ["test('averages'", "test('computes'"],
    problem: `${labFolder}/lab.json:5: lab.json and lab.test.ts disagree about the tests; not in the suite: averages; not in lab.json, or twice in the suite: computes`,
  },
  'has a test twice': {
    edit: ["test('has no average of nothing'", "test('averages', () => {});\n\ntest('has no average of nothing'"],
    problem: `${labFolder}/lab.test.ts:4: lab.json and lab.test.ts disagree about the tests; not in lab.json, or twice in the suite: averages`,
  },
};

test.for(Object.entries(suites))('a suite that %s is said once, with its line', async ([, { edit, problem }]) => {
  const { problems, suites } = await audit(plant({ [`${labFolder}/lab.test.ts`]: edit }));
  expect(problems).toEqual([typeof problem === 'string' ? problem : expect.stringMatching(problem)]);
  expect(suites).toEqual({ wrong: 5, caught: 0, right: 2, accepted: 0 });
});

test('a claim that holds only sometimes is a problem that says in how many runs, and its seed brings it back', async () => {
  const root = plant({
    // Wrong for some counts only: whether it is caught depends on the input.
    [`${solution}/wrong/one-too-many.ts`]: ['count + 1', 'count > 5 ? count + 1 : count'],
  });
  const file = `${solution}/wrong/one-too-many.ts`;
  const problems = await proveOne(root, file, { repeat: 4, seed: 'ebb' });
  const [, failed, of, seed] =
    /:1: nothing caught it: .* \(in (\d) of (\d) runs; with --seed ([\w-]+)\)$/.exec(problems[0] ?? '') ?? [];
  expect(problems).toHaveLength(1);
  expect(Number(of)).toBe(4);
  expect(Number(failed)).toBeGreaterThan(0);
  expect(Number(failed)).toBeLessThan(4);
  const again = await proveOne(root, file, seed === undefined ? {} : { seed });
  expect(again).toEqual([expect.stringMatching(/one-too-many\.ts:1: nothing caught it/)]);
});

test('a text that a wrong solution prints cannot reach the terminal', async () => {
  const file = `${solution}/wrong/gives-up.ts`;
  const root = plant({ [file]: ['process.exit()', "(() => { throw new Error('\\x1b[2Jgone'); })()"] });
  expect(await proveOne(root, file)).toEqual([
    expect.stringContaining('it said: Happened: Your code threw Error: \\x1b[2Jgone'),
  ]);
});
