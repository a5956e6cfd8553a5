// A speed-up curve from its definition to its plot and its picture. What is drawn comes from rounds that were made; one
// curve is really run.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';
import { plainStyle } from '../../runner/terminal/style.ts';
import { displayWidth } from '../../runner/terminal/wrap.ts';
import { analyse } from '../../runner/timing/analysis.ts';
import { makeCurve, partsFor, speedUpName } from '../../runner/timing/curve.ts';
import { demoLines } from '../../runner/timing/demo-lines.ts';
import { measuredNumbers } from '../../runner/timing/measured-numbers.ts';
import { picture } from '../../runner/timing/picture/picture.ts';
import type { DemoPlan, Round } from '../../runner/timing/plan.ts';
import { type DemoResult, runDemo } from '../../runner/timing/run-demo.ts';
import { speedUpWith } from '../../runner/timing/serial-share.ts';
import { noisyRatios, seededRandom } from './synthetic.ts';

const ways = ['workers', 'processes'];

/** A machine with so many cores, and work of which some percent cannot be divided by each way. */
function found(cores: number, changes: Partial<DemoResult> = {}, rounds = 60): DemoResult {
  const parts = partsFor(cores);
  const random = seededRandom(cores);
  const noisy = (value: number) => noisyRatios(value, 1, 0.02, random)[0] ?? value;
  const points = ways.flatMap((way, index) => parts.map((part) => ({ way, part, share: 0.04 + index * 0.2 })));
  const variants = points.map(({ way, part }) => ({ name: `${way} ${part}`, unit: 'ms' }));
  const ratios = points
    .filter(({ part }) => part > 1)
    .map(({ way, part }) => ({
      name: speedUpName(way, part),
      of: `${way} 1`,
      over: `${way} ${part}`,
      kind: 'speed-up' as const,
      threads: part,
    }));
  const all = { variants: variants.map(({ name }) => name), ratios: ratios.map(({ name }) => name) };
  const plan: DemoPlan = {
    title: 'The same <work>',
    variants,
    ratios,
    series: [{ ...all, isCurve: true }],
    claims: [],
    curve: { ways, parts },
  };
  const measured = Array.from({ length: rounds }, (): Round => ({
    series: 0,
    values: points.map(({ part, share }) => noisy(100 / speedUpWith(share, part, cores))),
    repeats: points.map(() => 1),
    offered: Object.fromEntries(parts.slice(1).map((part) => [part, noisy(Math.min(part, cores))])),
  }));
  return {
    id: '12/speed-up',
    title: plan.title,
    claims: [],
    ...analyse(plan, { rounds: measured, load: { busyMs: 1_000, idleMs: 1_000, ownMs: 1_000 } }),
    pace: 'full',
    isStopped: false,
    machine: `${cores} cores, Linux, Node 24.21`,
    inPython: [],
    output: '',
    ...changes,
  };
}

test.each([60, 80, 120, 200])('the plot at %i columns', (columns) => {
  for (const cores of [1, 2, 8, 64]) {
    const lines = demoLines(found(cores), columns, plainStyle);
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
    const plotted = lines.filter((line) => /^ *\d* [|+]/.test(line));
    // A point for every number of parts of both ways, unless two numbers share a column.
    const points = plotted.join('').split('o').length - 1;
    expect(points).toBe(2 * partsFor(cores).length);
    expect(plotted.join('').includes(':')).toBe(cores > 1);
  }
});

test('the plot, the table and the words of two cores', () => {
  const lines = demoLines(found(2), 60, plainStyle);
  expect(lines.slice(lines.indexOf('Processes')).join('\n')).toMatchInlineSnapshot(`
    "Processes
    times as fast as with one
      |                           ...
      |                        ...
      |                     ...
    2 +                  .-.----------------------------------
      |               ..-
      |             -.-  :o:::::::::::::::::o::::::::::::::::o
      |          .-.:::::::::::::           |            ::::|
      |       -:-::::
      |    :-:::
    1 +  o-:
      |
      |
      |
      |
      |
    0 +
      +---------------------------------------------------------
         1                2                 3                4
       processes at once

    o measured, | its 95 % interval; - cores that the machine
    had to give; : what Amdahl's law makes of them; . ideal.

    processes     time  times as fast  95 % interval  cores
    1          99.9 ms           1.00                  1.00
    2          61.7 ms           1.62   1.58 to 1.65   1.99
    3          62.2 ms           1.59   1.55 to 1.63   2.00
    4          62.1 ms           1.61   1.58 to 1.64   2.00

    With processes, 23.8 % (21.3 to 26.2 %) of the work could
    not be divided: fitted over 60 rounds to 2 parts, which is
    where the parts had a core each.
    From one point a part that cannot be divided and what the
    dividing itself costs look alike.
    If nothing else held it back, the gain would end at 3.81 to
    4.70 times, with any number of cores.

    Others took 0 % of this machine meanwhile."
  `);
});

test('the numbers for a lesson', () => {
  const numbers = measuredNumbers(found(2));
  expect(Object.keys(numbers)).toEqual(
    expect.arrayContaining(['workers-1', 'workers-2', 'processes-4', 'workers-2-offered', 'processes-serial']),
  );
  expect(numbers['processes-serial']).toBeGreaterThan(20);
  expect(numbers['processes-serial']).toBeLessThan(28);
  expect(measuredNumbers(found(1))).not.toHaveProperty('processes-serial');
});

test.each([
  [1, 60, 'the machine had 1.00 cores to give'],
  [2, 5, '5 rounds are too few'],
])('with %i cores and %i rounds no share is made up', (cores, rounds, words) => {
  const text = demoLines(found(cores, {}, rounds), 200, plainStyle).join(' ');
  expect(text).toContain('What part of the work could not be divided cannot be told');
  expect(text).toContain(words);
  expect(text).not.toContain("Amdahl's law");
});

test.each(['svg', 'html'] as const)(
  'the picture as %s is whole, says what was measured, and needs no network',
  (format) => {
    const curve = picture(found(8), format);
    const bars = picture(found(2, { curve: undefined } as never), format);
    for (const text of [curve, bars]) {
      expect(text).toContain('The same &lt;work&gt;');
      expect(text).not.toContain('<work>');
      expect(text).not.toContain('NaN');
      expect(text).toContain('prefers-color-scheme: dark');
      expect(text.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import|<script/);
      expect(tagsLeftOpen(text.replace('<!doctype html>', '').replaceAll(/<meta[^>]*>/g, ''))).toEqual([]);
    }
    expect(curve.match(/<circle /g)).toHaveLength(2 * partsFor(8).length + 1);
    expect(curve).toContain('12/speed-up, measured on 8 cores, Linux, Node 24.21; others took 0 % of it meanwhile.');
    expect(bars).toContain('>workers 1</text>');
  },
);

/** The names of the elements that nobody closes. */
function tagsLeftOpen(markup: string): string[] {
  const open: string[] = [];
  for (const [, slash, name = '', rest = ''] of markup.matchAll(/<(\/?)([\w-]+)((?:"[^"]*"|[^">])*)>/g)) {
    if (slash === '/') expect(open.pop()).toBe(name);
    else if (!rest.endsWith('/')) open.push(name);
  }
  return open;
}

test.each([
  ['no title', { title: '' }, 'it has no title'],
  ['no ways', { ways: {} }, 'it has 0 ways; there are 1 to 3'],
  ['a long name', { ways: { 'two words': () => 1 } }, 'the way "two words" is not named with one small word'],
  [
    'a claim about nothing',
    { claims: [{ claim: 'F01', says: 'S', ratio: 'threads-99', holds: [1, 2], limits: [1, 2] }] },
    'F01 names no ratio with "threads-99"',
  ],
])('refused: %s', (_, changes, message) => {
  const definition = { title: 'T', setup: () => 1, ways: { threads: () => 1 }, check: () => true, ...changes };
  expect(() => (makeCurve as (definition: unknown) => unknown)(definition)).toThrow(
    `This demo cannot be measured: ${message}`,
  );
});

test('a curve that is really run: work of which a quarter cannot be divided', async () => {
  const abort = new AbortController();
  const file = join(courseRoot, 'test/fixtures/demos/curve.ts');
  const { curve, isStopped, variants, verdicts } = await runDemo(
    { id: '90/curve', name: 'curve', file },
    { pace: 'quick', signal: abort.signal, onProgress: ({ rounds }) => rounds >= 12 && abort.abort() },
  );
  const [way] = curve?.ways ?? [];
  expect(way?.name).toBe('threads');
  expect(variants.map(({ name }) => name)).toEqual(curve?.parts.map((part) => `threads ${part}`));
  expect(curve?.rounds).toBeGreaterThan(0);
  expect(verdicts[0]?.verdict).not.toBe('holds');
  // On a machine that is busy it says that it cannot tell; where it tells, a quarter is about a quarter.
  const { estimate, untold } = way?.serialShare ?? {};
  if (isStopped && untold === undefined) {
    expect(estimate?.high).toBeGreaterThan(0.15);
    expect(estimate?.low).toBeLessThan(0.45);
  }
});
