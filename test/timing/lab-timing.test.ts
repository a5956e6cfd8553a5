// The timing of a lab: three subjects beside each other, with learner code that wants to win without doing the work.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { labFindings, type LabTiming } from '../../runner/timing/lab-timing.ts';
import { labTimingLines } from '../../runner/timing/lab-timing-lines.ts';
import { timeLab } from '../../runner/timing/time-lab.ts';
import { plainStyle } from '../../runner/terminal/style.ts';
import { temporaryFolder, write } from '../course/course-fixture.ts';
import { formula, naive, solution, timed, writeTimedLab } from './timed-lab.ts';

/** One round of each of the three. */
function timeOnce(learner: string, signal?: AbortSignal): Promise<LabTiming | undefined> {
  const root = temporaryFolder();
  writeTimedLab(root);
  write(root, { 'mine/lab.ts': learner });
  const layers = [{ folder: join(root, 'mine') }];
  return timeLab({ lab: timed, labsRoot: join(root, 'labs'), layers, shown: 'mine', once: true }, signal);
}

test.each([
  ['another way', formula],
  ['one that prints', `console.log('a\\n'.repeat(1_000));\n${naive}`],
])('%s is timed beside the naive version and the solution', async (_what, learner) => {
  const timing = await timeOnce(learner);
  expect(timing).toMatchObject({
    kind: 'measured',
    title: 'A million numbers',
    variants: [{ name: 'naive' }, { name: 'yours' }, { name: 'the solution' }],
    ratios: [
      { of: 'naive', over: 'yours', pairs: 1 },
      { of: 'the solution', over: 'yours', pairs: 1 },
    ],
  });
  for (const { median } of timing?.kind === 'measured' ? timing.variants : []) expect(median).toBeGreaterThan(0);
});

const upTo = (body: string) => `export function upTo(n: number): number {\n${body}\n}\n`;

test.each([
  ['does not do the work', upTo('  return 0;'), 'Your program gave another result for the same work'],
  ['loops for ever', upTo('  for (;;);'), 'Your program took longer than 1000 ms for the work.'],
  ['leaves', upTo('  process.exit(0);'), 'Your program did not come to the end of the work (exit).'],
  ['throws', upTo("  throw new Error('\\x1b[2J no');"), 'Your program threw Error: \\x1b[2J no.'],
  ['does not load', 'export function upTo( {\n', 'Your program did not come to the end of the work (syntax-error)'],
  [
    'answers with something of its own',
    `process.on = process.once; export const upTo = () => ({ toString: () => 1 });`,
    'Your program gave another result',
  ],
  [
    'throws what is no text',
    'export const upTo = () => { throw { toString: 1, valueOf: 1 }; };',
    'Your program threw { toString: 1, valueOf: 1 }.',
  ],
])('nothing is compared with one that %s', async (_what, learner, why) => {
  const timing = (await timeOnce(learner)) as LabTiming;
  const text = labTimingLines(timing, 1_000, plainStyle).join(' ');
  expect(text).toContain('Nothing was timed.');
  expect(text).toContain(why);
});

test('a clock that learner code has changed changes nothing', async () => {
  const timing = await timeOnce(
    `performance.now = () => 0; Date.now = () => 0; process.hrtime.bigint = () => 0n;\n${solution}`,
  );
  expect(timing).toMatchObject({ kind: 'measured' });
  for (const { median } of timing?.kind === 'measured' ? timing.variants : []) expect(median).toBeGreaterThan(0.1);
});

test('a signal ends it, whatever learner code does', async () => {
  const stop = new AbortController();
  const timing = timeOnce(`for (;;);\nexport const upTo = 1;\n`, stop.signal);
  setTimeout(() => stop.abort(), 200);
  expect(await timing).toBeUndefined();
});

test('what was found is the medians of each side and the ratios of each round', () => {
  const rounds = Array.from({ length: 12 }, (_, index) => [300 + index, 100, 50]);
  const { variants, ratios, othersShare } = labFindings(rounds, 0.1);
  expect(variants.map(({ name, median, runs }) => [name, median, runs])).toEqual([
    ['naive', 305.5, 12],
    ['yours', 100, 12],
    ['the solution', 50, 12],
  ]);
  expect(ratios.map(({ median }) => Number(median.toFixed(2)))).toEqual([3.05, 0.5]);
  expect(othersShare).toBe(0.1);
  const lines = labTimingLines({ kind: 'measured', title: 'A', variants, ratios, othersShare }, 60, plainStyle);
  expect(lines.join('\n')).toContain('"yours" is 3.05 times as fast as "naive".');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
});

test('too few rounds are said to be too few', () => {
  const { variants, ratios } = labFindings([[3, 2, 1]], undefined);
  const lines = labTimingLines({ kind: 'measured', title: 'A', variants, ratios, othersShare: 0 }, 80, plainStyle);
  expect(lines.join(' ')).toContain('too few to say which of the two is faster');
});
