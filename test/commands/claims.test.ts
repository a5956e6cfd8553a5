// `claims` as it is typed. The demos are those of test/fixtures/demos, in the small course.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';
import { openProgress } from '../../runner/progress/progress.ts';
import { lessonText, temporaryFolder } from '../course/course-fixture.ts';
import { processesLeft } from '../harness/processes.ts';
import { keys, Person } from '../harness/pty.ts';
import { interleave, learnerEnv, useProject } from './project-fixture.ts';

function fixture(name: string): string {
  return readFileSync(join(courseRoot, 'test/fixtures/demos', name), 'utf8').replace('./spin.ts', './the.spin.ts');
}

const table = [
  { id: 'F01', says: 'It scales.' },
  { id: 'F02', says: 'It doubles.' },
  { id: 'F22', says: 'It ticks.' },
  { id: 'F40', says: 'It is old.', kind: 'history' },
  { id: 'F50', says: 'Nothing else runs.' },
];

const noClaims = `import { demo } from 'interleave/kit/demo';
export default demo({
  title: 'None',
  variants: { a: { run: () => 1, unit: 'ones' } },
  check: () => true,
  keeps: { 'one of them': { variant: 'a' } },
});
`;
const project = useProject({
  'lessons/claims.json': JSON.stringify(table),
  'lessons/04-event-loop/demos/late-timer.ts': fixture('amounts.ts'),
  'lessons/04-event-loop/lesson.md': lessonText({ title: 'The loop', ledger: 'F22, F50', body: '\n## One\n' }),
  'lessons/14-race-conditions/demos/lost-updates.ts': fixture('honest.ts'),
  'lessons/14-race-conditions/demos/the.spin.ts': fixture('spin.ts'),
  'lessons/14-race-conditions/demos/no-claims.ts': noClaims,
  'lessons/14-race-conditions/lesson.md': lessonText({ title: 'Races', ledger: 'F01, F02', body: '\n## One\n' }),
  'lessons/15-locks/lesson.md': lessonText({ title: 'Locks', ledger: 'F40' }),
});

function json(args: readonly string[], env: NodeJS.ProcessEnv) {
  const { status, stdout, stderr } = interleave(project.root, ['claims', ...args, '--json'], env);
  return { status, stderr, document: JSON.parse(stdout) };
}

type Said = { id: string; verdict: string; why: string; measured: string | null };

const verdicts = (claims: readonly Said[]) => Object.fromEntries(claims.map(({ id, verdict }) => [id, verdict]));

test('before anything is measured each claim says why it is not', () => {
  const { status, stderr, document } = json([], learnerEnv());
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(document.problems).toEqual([]);
  expect(document.machine).toMatch(/^\d+ cores?, /);
  expect(document.claims.map(({ id, verdict, why }: Said) => [id, verdict, why])).toEqual([
    ['F01', 'not-measured', 'demo 14/lost-updates has not run on this machine yet'],
    ['F02', 'not-measured', 'demo 14/lost-updates has not run on this machine yet'],
    ['F22', 'not-measured', 'demo 04/late-timer has not run on this machine yet'],
    ['F40', 'not-measured', 'it is about dates, which are looked up and not measured'],
    ['F50', 'not-measured', 'demo 04/late-timer has not run on this machine yet'],
  ]);
});

test('a demo that is run feeds them, and only on the machine that ran it', () => {
  const env = learnerEnv();
  expect(interleave(project.root, ['demo', '04/late-timer', '--quick'], env).status).toBe(0);
  const { document } = json(['F22', '4'], env);
  expect(document.claims).toEqual([
    {
      ...table[2],
      kind: 'measurable',
      lesson: { id: '04', title: 'The loop', isWritten: true },
      verdict: 'holds',
      why: '',
      measured: '10.1 (10.0 to 10.1)',
      statements: [
        {
          demo: '04/late-timer',
          says: 'Ten times as many.',
          verdict: 'holds',
          why: 'all of the interval is between 9 and 11',
          measured: '10.1 (10.0 to 10.1)',
          estimate: { median: 10.05, low: 10, high: 10.1, unit: null },
          at: expect.any(Number),
          machine: document.machine,
        },
      ],
    },
    expect.objectContaining({ id: 'F50', verdict: 'does-not-hold', measured: '20 ticks (20 to 20 ticks)' }),
  ]);
  const elsewhere = openProgress(env, Date.now, () => 'another machine');
  expect(elsewhere.measurement('04/late-timer')).toBeUndefined();
  elsewhere.close();
});

test('--measure runs every demo that judges one, says before how long it takes, and keeps each', () => {
  const env = learnerEnv();
  const { status, stdout, stderr } = interleave(project.root, ['claims', '--measure', '--quick'], env);
  expect(status).toBe(0);
  expect(stderr.split('\n')[0]).toBe('2 demos are to be run, which takes some 6 s. Ctrl-C ends it; of the demos that');
  expect(stderr).toMatch(/\n2 of 2, 14\/lost-updates: F01 [a-z ]+, F02 [a-z ]+\n/);
  expect(stderr).toContain('\n1 of 2, 04/late-timer: F22 holds, F50 does not hold here\n');
  expect(stderr).not.toContain('\x1b');
  expect(stdout).toMatch(/^Lesson 04: The loop\n\nF22 {2}It ticks\.\n {5}Holds\.\n/);
  expect(stdout).toContain(
    'F50  Nothing else runs.\n     Does not hold here.\n     - There are none.\n       20 ticks',
  );
  // Where a line ends hangs on the verdicts.
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
    / 5 claims; .*not measured: 1 \(1 of them in lessons that are not written yet\)\. /,
  );
  expect(stdout).not.toContain('To measure them');
  const { document } = json([], env);
  expect(verdicts(document.claims)).toMatchObject({ F22: 'holds', F40: 'not-measured', F50: 'does-not-hold' });
  const [scales] = document.claims;
  expect(scales.statements).toMatchObject([{ demo: '14/lost-updates', estimate: { median: expect.any(Number) } }]);
});

test('--measure of some runs no other demo', () => {
  const env = learnerEnv();
  const { stderr, document } = json(['f50', '--measure', '--quick'], env);
  expect(stderr).toMatch(/^1 demo is to be run/);
  expect(verdicts(document.claims)).toEqual({ F50: 'does-not-hold' });
  expect(verdicts(json(['14'], env).document.claims)).toEqual({ F01: 'not-measured', F02: 'not-measured' });
  expect(json(['locks', '--measure'], env)).toMatchObject({ status: 0, stderr: 'No demo judges any of them yet.\n' });
});

test('where progress cannot be kept, what was measured is shown all the same, and that it is not kept is said', () => {
  const env = learnerEnv();
  writeFileSync(join(env.INTERLEAVE_HOME, '.interleave'), 'in the place of the folder');
  const { status, stderr, document } = json(['F22', '--measure', '--quick'], env);
  expect(status).toBe(0);
  expect(verdicts(document.claims)).toEqual({ F22: 'holds' });
  expect(stderr.match(/Your progress is not saved/g)).toHaveLength(1);
});

test.each([
  [['F51'], '"F51" is neither a claim nor a lesson.', 'Did you mean F01 or F50?'],
  [['race-condition'], '"race-condition" is neither a claim nor a lesson.', 'Did you mean race-conditions?'],
  [['--quick'], '"--quick" says how to measure, and nothing is to be measured.', 'Add --measure.'],
  [['\x1b[2J'], '"\\x1b[2J" is neither a claim nor a lesson.', 'Claims are'],
])('claims %j: says what there is', (args, message, next) => {
  const { status, stdout, stderr } = interleave(project.root, ['claims', ...args], learnerEnv());
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(`${message}\nNext: ${next}`);
});

test('what an older version kept, and what is damaged, is measured again and not an error', () => {
  const env = learnerEnv();
  const progress = openProgress(env);
  progress.recordMeasurement('04/late-timer', { id: '04/late-timer', verdicts: 'once they were words' });
  progress.recordMeasurement('14/lost-updates', {
    title: 'T',
    variants: [null],
    ratios: [],
    verdicts: [],
    numbers: {},
  });
  progress.close();
  const { status, document } = json([], env);
  expect(status).toBe(0);
  expect(verdicts(document.claims)).toMatchObject({ F01: 'not-measured', F22: 'not-measured' });
});

test('Ctrl-C ends it, and what was measured until then is kept', async () => {
  const env = { ...learnerEnv(), TMPDIR: temporaryFolder() };
  const person = new Person(process.execPath, [join(project.root, 'runner/launch.mjs'), 'claims', '--measure'], {
    cwd: project.root,
    env,
    columns: 60,
    rows: 50,
  });
  await person.sees(/2 of 2, 14\/lost-updates \[#+-+\] three/);
  person.press(keys.ctrlC);
  await person.sees('5 claims;');
  expect(await person.exit).toMatchObject({ exitCode: 130 });
  expect(
    Math.max(
      ...person
        .all()
        .split('\n')
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(60);
  expect(await processesLeft(env.TMPDIR)).toEqual([]);
  const stands = verdicts(json([], env).document.claims);
  expect(stands).toEqual({
    F01: 'not-measured',
    F02: 'not-measured',
    F22: 'holds',
    F40: 'not-measured',
    F50: 'does-not-hold',
  });
});

test('progress by itself shows what was measured of what costs, and names the demo that measures the rest', () => {
  const env = learnerEnv();
  const before = interleave(project.root, ['progress'], env);
  expect(before).toMatchObject({ status: 0, stderr: '' });
  expect(before.stdout).toMatch(/Nothing yet\.[^]*\n {2}one of them\.\n {4}npx interleave demo 14\/no-claims\n$/);
  expect(interleave(project.root, ['demo', '14/no-claims', '--quick', '--json'], env).status).toBe(0);
  const { stdout } = interleave(project.root, ['progress', '--json'], env);
  expect(JSON.parse(stdout)).toEqual({
    machine: expect.stringMatching(/^\d+ cores?, /),
    costs: [
      {
        thing: 'one of them',
        demo: '14/no-claims',
        lesson: { id: '14', title: 'Races' },
        measured: { median: 1, low: 1, high: 1, unit: 'ones', at: expect.any(Number), pace: 'quick' },
      },
    ],
    problems: [],
  });
});

describe.runIf(process.platform !== 'win32')('what cannot be measured', () => {
  const claims = { 'lessons/claims.json': JSON.stringify(table) };
  const inPython = useProject({
    ...claims,
    'lessons/04-event-loop/demos/late-timer.ts': fixture('rigged.ts')
      .replace('./the.spin.ts', '../../14-race-conditions/demos/the.spin.ts')
      .replace(
        'ratios:',
        "claims: [{ claim: 'F22', says: 'It ticks.', variant: 'rigged', holds: [0, 9] }],\n  ratios:",
      ),
    'lessons/04-event-loop/demos/broken.ts': 'throw new Error("it is broken");\n',
    'lessons/04-event-loop/lesson.md': lessonText({ title: 'The loop', ledger: 'F22', body: '\n## One\n' }),
    'lessons/14-race-conditions/demos/lost-updates.ts': fixture('with-python.ts'),
    'lessons/14-race-conditions/demos/with_python.py': readFileSync(
      join(courseRoot, 'test/fixtures/demos/with_python.py'),
      'utf8',
    ),
    'lessons/14-race-conditions/demos/the.spin.ts': fixture('spin.ts'),
    'lessons/14-race-conditions/lesson.md': lessonText({ title: 'Races', ledger: 'F01, F02', body: '\n## One\n' }),
  });

  test('without python3 it is not measured, and says so; the rest is', () => {
    const { status, stdout } = interleave(
      inPython.root,
      ['claims', '14', '--measure', '--quick', '--json'],
      learnerEnv({ PATH: temporaryFolder() }),
    );
    // One demo of the course is broken.
    expect(status).toBe(2);
    const [f01, f02] = JSON.parse(stdout).claims;
    expect(f01).toMatchObject({ id: 'F01', verdict: 'not-measured', why: 'There is no python3 on the PATH' });
    expect(f02).toMatchObject({ id: 'F02', statements: [{ says: 'It is over in an hour.', at: expect.any(Number) }] });
  });

  test('a demo that fails is told, and the others are run', () => {
    const { status, stdout, stderr } = interleave(
      inPython.root,
      ['claims', 'F22', 'F02', '--measure', '--quick', '--json'],
      learnerEnv(),
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(/1 of 2, 04\/late-timer:\s[^]*"rigged"\s+did\s+not\s+do\s+its\s+work/);
    expect(stderr).toMatch(/\n2 of 2, 14\/lost-updates: .*F02 /);
    const { claims, problems } = JSON.parse(stdout);
    expect(problems).toEqual([
      expect.stringMatching(/broken\.ts cannot be loaded: it is broken$/),
      expect.stringContaining('"rigged" did not do its work'),
    ]);
    expect(verdicts(claims).F22).toBe('not-measured');
    expect(claims[0].id).toBe('F02');
    expect(claims[0].statements[0].at).toEqual(expect.any(Number));
  });
});
