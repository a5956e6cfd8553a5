// From what demos said last to how claims stand. The reports are made by the course's own analysis of rounds that are given.
import { expect, test } from 'vitest';
import type { Claim } from '../../runner/course/claims.ts';
import { claimsLines } from '../../runner/measured/claim-lines.ts';
import { claimStandings, type ClaimStanding } from '../../runner/measured/claim-standing.ts';
import type { PlannedDemo } from '../../runner/measured/demo-plans.ts';
import type { DatedReport } from '../../runner/measured/reports.ts';
import { displayWidth } from '../../runner/terminal/wrap.ts';
import { plainStyle, styleFor } from '../../runner/terminal/style.ts';
import { analyse } from '../../runner/timing/analysis.ts';
import { demoDocument } from '../../runner/timing/demo-document.ts';
import { makeDemo } from '../../runner/timing/demo.ts';
import { type PythonMissing } from '../../runner/timing/python.ts';
import { planWithout } from '../../runner/timing/plan-series.ts';
import { loadCourse } from '../../runner/course/course.ts';
import { loadClaims } from '../../runner/course/claims.ts';
import { courseRoot } from '../../runner/course/paths.ts';

const at = new Date(2026, 10, 21, 9, 40).getTime();
const check = () => true;

/** A demo that counts, and so needs no clock: so many of each. */
function counting(id: string, claims: readonly (readonly [claim: string, says: string, from: number, to: number])[]) {
  const { plan } = makeDemo({
    title: 'Counted',
    variants: { many: { run: () => 0, unit: 'ticks' } },
    check,
    claims: claims.map(([claim, says, from, to]) => ({
      claim,
      says,
      variant: 'many' as const,
      holds: [from, to] as const,
    })),
  });
  return { demo: { id, name: id.slice(3), file: `/${id}.ts` }, plan } satisfies PlannedDemo;
}

/** What it says when it has counted these. */
function reportOf({ demo, plan }: PlannedDemo, counts: readonly number[], python?: PythonMissing): DatedReport {
  const rounds = counts.map((count) => ({ series: 0, values: [count], repeats: [1] }));
  const here = python ? planWithout(plan, ({ inPython }) => inPython === true) : plan;
  const result = {
    id: demo.id,
    title: plan.title,
    claims: [],
    ...analyse(here, { rounds, load: undefined }),
    pace: 'full' as const,
    machine: '2 cores, Linux, Node 24.21',
    inPython: [],
    ...(python ? { python } : {}),
    isStopped: false,
    output: '',
  };
  return { report: demoDocument(result), at };
}

const lessons = [
  { id: '03', title: 'Later', isWritten: false, ledger: ['F03', 'F04'] },
  { id: '04', title: 'The loop', isWritten: true, ledger: ['C24', 'F01', 'F02', 'F05'] },
] as unknown as Parameters<typeof claimStandings>[1]['lessons'];

function claim(id: string, kind: Claim['kind'] = 'measurable'): Claim {
  return { id, says: `This is what ${id} says.`, kind };
}

function stand(plans: readonly PlannedDemo[], reports: Readonly<Record<string, DatedReport>>, ...claims: Claim[]) {
  return claimStandings(claims, { lessons, plans, reportOf: (id) => reports[id] });
}

const ticks = counting('04/ticks', [['F01', 'There are twenty.', 19, 21]]);

test('a claim stands as the demo judged it last', () => {
  const [standing] = stand([ticks], { '04/ticks': reportOf(ticks, [20, 20, 20]) }, claim('F01'));
  expect(standing).toMatchObject({ id: 'F01', verdict: 'holds', measured: '20 ticks (20 to 20 ticks)', why: '' });
  expect(standing?.statements).toEqual([
    {
      demo: '04/ticks',
      says: 'There are twenty.',
      verdict: 'holds',
      why: 'all of the interval is between 19 and 21 ticks',
      measured: '20 ticks (20 to 20 ticks)',
      estimate: { median: 20, low: 20, high: 20, unit: 'ticks' },
      at,
      machine: '2 cores, Linux, Node 24.21',
    },
  ]);
});

test.each([
  [[['twenty', 19, 21]], 'holds'],
  [[['forty', 39, 41]], 'does-not-hold'],
  [
    [
      ['twenty', 19, 21],
      ['some', 1, 99],
    ],
    'holds',
  ],
  [
    [
      ['twenty', 19, 21],
      ['forty', 39, 41],
    ],
    'within-limits',
  ],
  [
    [
      ['forty', 39, 41],
      ['fifty', 49, 51],
    ],
    'does-not-hold',
  ],
] as const)('of several statements: %j is %s', (statements, verdict) => {
  const demo = counting(
    '04/ticks',
    statements.map(([says, from, to]) => ['F01', says, from, to] as const),
  );
  const [standing] = stand([demo], { '04/ticks': reportOf(demo, [20, 20, 20]) }, claim('F01'));
  expect(standing?.verdict).toBe(verdict);
});

test('what is too noisy takes nothing back from a refutation in part, and no claim holds beside it', () => {
  const noisy = counting('04/noisy', [['F01', 'There are about twenty.', 19, 21]]);
  const reports = { '04/noisy': reportOf(noisy, [20, 30, 10]), '04/ticks': reportOf(ticks, [20, 20, 20]) };
  expect(stand([ticks, noisy], reports, claim('F01'))[0]?.verdict).toBe('too-noisy');
});

test('a statement that was not measured leaves the verdict to the others', () => {
  const other = counting('14/other', [['F01', 'There are forty.', 39, 41]]);
  const [standing] = stand([ticks, other], { '04/ticks': reportOf(ticks, [20, 20, 20]) }, claim('F01'));
  expect(standing?.verdict).toBe('holds');
  expect(standing?.statements.map(({ verdict, why }) => [verdict, why])).toEqual([
    ['holds', expect.any(String)],
    ['not-measured', 'demo 14/other has not run on this machine yet'],
  ]);
});

test('what is not measured says why', () => {
  const changed = counting('04/ticks', [['F01', 'There are thirty.', 29, 31]]);
  const inPython = {
    ...counting('04/python', []),
    plan: makeDemo({
      title: 'Python',
      variants: { node: { run: () => 0, unit: 'ticks' } },
      python: { python: { script: './a.py', call: 'f', unit: 'ticks' } },
      check,
      claims: [{ claim: 'F05', says: 'It ticks.', variant: 'python', holds: [1, 2] }],
    }).plan,
  };
  const reports = {
    '04/ticks': reportOf(ticks, [20, 20, 20]),
    '04/python': reportOf(inPython, [20, 20, 20], { missing: 'There is no python3 on the PATH.', next: 'Get it.' }),
  };
  const all = ['F01', 'F02', 'F03', 'F05', 'F99'].map((id) => claim(id));
  const standings = stand([changed, inPython], reports, ...all, claim('F04', 'rating'));
  expect(standings.map(({ id, verdict, why }) => [id, verdict, why])).toEqual([
    ['F01', 'not-measured', 'demo 04/ticks has changed since it was run'],
    ['F02', 'not-measured', 'no demo of lesson 04 measures it'],
    ['F03', 'not-measured', 'lesson 03 is not written yet'],
    ['F05', 'not-measured', 'There is no python3 on the PATH'],
    ['F99', 'not-measured', 'no lesson teaches it'],
    ['F04', 'not-measured', 'it is a rating, which no number settles'],
  ]);
});

test('a demo that never came to what the claim is about has not measured it', () => {
  const [standing] = stand([ticks], { '04/ticks': reportOf(ticks, []) }, claim('F01'));
  expect(standing).toMatchObject({ verdict: 'not-measured', measured: null });
  expect(standing?.why).toBe('demo 04/ticks did not come to it in its time');
});

function some(): ClaimStanding[] {
  const demo = counting('04/ticks', [
    ['F01', 'There are twenty.', 19, 21],
    ['F01', 'There are forty.', 39, 41],
    ['F02', 'There are some.', 1, 99],
  ]);
  return stand(
    [demo],
    { '04/ticks': reportOf(demo, [20, 20, 20]) },
    claim('F01'),
    claim('F02'),
    claim('F03'),
    claim('F05'),
  );
}

test('as text: under their lessons, with what was measured, when, and by which demo', () => {
  expect(claimsLines(some(), 72, plainStyle)).toMatchInlineSnapshot(`
    [
      "Lesson 03: Later (not written yet)",
      "",
      "F03  This is what F03 says.",
      "     Not measured: lesson 03 is not written yet.",
      "",
      "Lesson 04: The loop",
      "",
      "F01  This is what F01 says.",
      "     Holds in part.",
      "     - There are twenty.",
      "       20 ticks (20 to 20 ticks): holds; all of the interval is between",
      "       19 and 21 ticks. (04/ticks, 2026-11-21, 09:40)",
      "     - There are forty.",
      "       20 ticks (20 to 20 ticks): does not hold here; all of the",
      "       interval is outside of what is claimed, which is between 39 and",
      "       41 ticks. (04/ticks, 2026-11-21, 09:40)",
      "",
      "F02  This is what F02 says.",
      "     Holds.",
      "     - There are some.",
      "       20 ticks (20 to 20 ticks): all of the interval is between 1 and",
      "       99 ticks. (04/ticks, 2026-11-21, 09:40)",
      "",
      "F05  This is what F05 says.",
      "     Not measured: no demo of lesson 04 measures it.",
      "",
      "4 claims; holds: 1, holds within limits: 1, not measured: 2 (1 of them",
      "in lessons that are not written yet).",
    ]
  `);
});

test.each([60, 80, 200])('nothing is wider than a terminal of %i columns, in colour or not', (columns) => {
  const all = claimStandings(loadClaims(courseRoot), {
    lessons: loadCourse().lessons,
    plans: [ticks],
    reportOf: () => reportOf(ticks, [20, 20, 20]),
  });
  for (const style of [plainStyle, styleFor({ isTTY: true }, { FORCE_COLOR: '1' })])
    expect(Math.max(...claimsLines([...all, ...some()], columns, style).map(displayWidth))).toBeLessThanOrEqual(
      columns,
    );
});
