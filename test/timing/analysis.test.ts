// From rounds to what is shown, without a run: the same rounds always give the same lines.
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { analyse } from '../../runner/timing/analysis.ts';
import type { Pace } from '../../runner/timing/budget.ts';
import { demoLines } from '../../runner/timing/demo-lines.ts';
import { measuredNumbers } from '../../runner/timing/measured-numbers.ts';
import type { DemoPlan, Measured, Round } from '../../runner/timing/plan.ts';
import { progressText } from '../../runner/timing/progress-text.ts';
import { boundsWords, digits, quantity, quantityRange, roughly } from '../../runner/timing/quantity.ts';
import type { DemoResult } from '../../runner/timing/run-demo.ts';
import { plainStyle, styleFor } from '../../runner/terminal/style.ts';
import { displayWidth } from '../../runner/terminal/wrap.ts';
import { noisyRatios, seededRandom } from './synthetic.ts';

const plan: DemoPlan = {
  title: 'Primes in one thread and in two, and what a thread takes',
  variants: [
    { name: 'one thread', unit: 'ms' },
    { name: 'two threads', unit: 'ms' },
    { name: 'a waiting thread', unit: 'bytes' },
    { name: 'a waiting call', unit: 'bytes' },
  ],
  ratios: [
    { name: 'speed-up', of: 'one thread', over: 'two threads', kind: 'speed-up', threads: 2 },
    { name: 'memory', of: 'a waiting thread', over: 'a waiting call', kind: 'magnitude' },
  ],
  series: [
    { variants: ['one thread', 'two threads'], ratios: ['speed-up'] },
    { variants: ['a waiting thread', 'a waiting call'], ratios: ['memory'] },
  ],
  claims: [
    {
      claim: 'F64',
      says: 'Two threads finish computing 1.79 to 1.95 times as fast as one.',
      ratio: 'speed-up',
      holds: [1.79, 1.95],
      limits: [0.85, 1.15],
    },
    { claim: 'F37', says: 'A thread takes much more memory than a call.', ratio: 'memory', holds: [5_700, 57_000] },
    { claim: 'F14', says: 'A thread takes 7.4 to 8.2 MB.', variant: 'a waiting thread', holds: [7.4e6, 8.2e6] },
  ],
};

/** Two threads were so many times as fast, on a machine that offered so much. */
function speedUps(speedUp: number, offered: number, pairs = 50): Round[] {
  const random = seededRandom(7);
  const [ups, offers] = [noisyRatios(speedUp, pairs, 0.02, random), noisyRatios(offered, pairs, 0.02, random)];
  return ups.map((up, pair) => ({
    series: 0,
    values: [40, 40 / up],
    repeats: [1, 2],
    offered: { 2: offers[pair] ?? 0 },
  }));
}

const memory: Round[] = [11e6, 11.2e6, 10.9e6].map((bytes) => ({ series: 1, values: [bytes, 400], repeats: [1, 1] }));

function found(measured: Partial<Measured>, changes: Partial<DemoResult> = {}): DemoResult {
  const load = { busyMs: 6_000, idleMs: 4_000, ownMs: 5_000 };
  return {
    id: '11/threads',
    title: plan.title,
    claims: ['F64', 'F37', 'F14'],
    ...analyse(plan, { rounds: [...speedUps(1.9, 1.97), ...memory], load, ...measured }),
    pace: 'full',
    isStopped: false,
    machine: '2 cores, Linux, Node 24.21',
    inPython: [],
    output: '',
    ...changes,
  };
}

function verdictsOf({ verdicts }: DemoResult) {
  return Object.fromEntries(verdicts.map(({ claim, verdict }) => [claim, verdict]));
}

test('each claim has its verdict', () => {
  expect(verdictsOf(found({}))).toEqual({ F64: 'holds', F37: 'holds', F14: 'does-not-hold' });
});

test('what a busy machine does to a speed-up is the fault of the machine', () => {
  const busy = found({ rounds: speedUps(1.07, 1.06) });
  expect(verdictsOf(busy)).toMatchObject({ F64: 'within-limits' });
  expect(busy.verdicts[0]?.why).toMatch(/this machine now offers 1\.0\d of 2 threads' worth of cores, and it is 1\.0/);
  expect(verdictsOf(found({ rounds: speedUps(1.07, 1.97) }))).toMatchObject({ F64: 'does-not-hold' });
  const load = { busyMs: 10_000, idleMs: 0, ownMs: 2_000 };
  expect(verdictsOf(found({ load }))).toEqual({ F64: 'too-noisy', F37: 'holds', F14: 'does-not-hold' });
});

test('a part of the rounds is judged by what it is', () => {
  const few = found({ rounds: speedUps(1.9, 1.97, 6) }, { isStopped: true });
  expect(verdictsOf(few)).toEqual({ F64: 'too-noisy', F37: 'too-noisy', F14: 'too-noisy' });
  expect(few.verdicts.map(({ why }) => why)).toEqual([
    '6 pairs are too few; at least 10 are needed',
    'it was not measured',
    'it was not measured',
  ]);
  expect(few.variants.map(({ name }) => name)).toEqual(['one thread', 'two threads']);
  const none = found({ rounds: [], load: undefined }, { isStopped: true });
  expect(none).toMatchObject({ variants: [], ratios: [], othersShare: undefined });
  expect(demoLines(none, 80, plainStyle)[1]).toBe('Stopped before anything was measured.');
});

test('a variant in two comparisons has the samples of both', () => {
  const shared: DemoPlan = {
    ...plan,
    series: [
      { variants: ['one thread', 'two threads'], ratios: [] },
      { variants: ['a waiting call', 'one thread'], ratios: [] },
    ],
    claims: [],
  };
  const rounds = [0, 1].map((series) => ({ series, values: [1, 2], repeats: [1, 3] }));
  const { variants } = analyse(shared, { rounds, load: undefined });
  expect(variants.find(({ name }) => name === 'one thread')).toMatchObject({ runs: 2, median: 1.5, repeats: 3 });
});

test('the numbers have the names that a lesson uses', () => {
  expect(Object.keys(measuredNumbers(found({})))).toEqual([
    'one-thread',
    'two-threads',
    'a-waiting-thread',
    'a-waiting-call',
    'speed-up',
    'memory',
    'speed-up-offered',
  ]);
});

test('bars, table, ratios, claims and verdicts', () => {
  expect(demoLines(found({}), 80, plainStyle).join('\n')).toMatchInlineSnapshot(`
    "Primes in one thread and in two, and what a thread takes

    one thread   40.0 ms  ##########################################################
    two threads  20.9 ms  ##############################

    a waiting thread  11.0 MB  #####################################################
    a waiting call      400 B  .
    (. is too short to be drawn)

                       median    95 % interval    runs
    one thread        40.0 ms  40.0 to 40.0 ms      50
    two threads       20.9 ms  20.6 to 21.3 ms  50 x 2
    a waiting thread  11.0 MB  10.9 to 11.2 MB       3
    a waiting call      400 B     400 to 400 B       3

    speed-up  1.91 (1.87 to 1.95), 50 pairs
              "two threads" is 1.91 times as fast as "one thread".
              Meanwhile this machine offered 1.96 (1.92 to 2.00) of 2 threads' worth
              of cores; the speed-up is 0.97 (0.95 to 0.99) of that.

    memory  about 30,000, 3 pairs
            "a waiting thread" is about 30,000 times as much as "a waiting call".

    Others took 10 % of this machine meanwhile.

    F64  Two threads finish computing 1.79 to 1.95 times as fast as one.
         Measured: 1.91 (1.87 to 1.95); the machine offered 1.96 of 2.
         Verdict: holds; all of the interval is between 1.79 and 1.95.

    F37  A thread takes much more memory than a call.
         Measured: about 30,000.
         Verdict: holds; all of the interval is between 5,700 and 57,000.

    F14  A thread takes 7.4 to 8.2 MB.
         Measured: 11.0 MB (10.9 to 11.2 MB).
         Verdict: does not hold here; all of the interval is outside of what is
         claimed, which is between 7.4 and 8.2 MB."
  `);
});

test('too noisy is said, with what to do', () => {
  const lines = demoLines(found({ rounds: speedUps(1.9, 1.97, 6) }, { pace: 'quick' }), 60, plainStyle);
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "Primes in one thread and in two, and what a thread takes

    one thread   40.0 ms  ######################################
    two threads  21.1 ms  ####################

                  median    95 % interval   runs
    one thread   40.0 ms  40.0 to 40.0 ms      6
    two threads  21.1 ms  19.9 to 21.5 ms  6 x 2

    speed-up  1.89 (1.86 to 2.01), 6 pairs
              6 pairs are too few to say which of the two is
              faster.
              Meanwhile this machine offered 1.98 (1.94 to 2.02)
              of 2 threads' worth of cores; the speed-up is 0.97
              (0.93 to 1.02) of that.

    Others took 10 % of this machine meanwhile.

    F64  Two threads finish computing 1.79 to 1.95 times as fast
         as one.
         Measured: 1.89 (1.86 to 2.01); the machine offered 1.98
         of 2.
         Verdict: too noisy to tell; 6 pairs are too few; at
         least 10 are needed.

    F37  A thread takes much more memory than a call.
         Measured: nothing.
         Verdict: none; it was not measured.

    F14  A thread takes 7.4 to 8.2 MB.
         Measured: nothing.
         Verdict: none; it was not measured.

    To know more, measure again when the machine has less to do,
    and without --quick."
  `);
});

test('no line is wider than the terminal', () => {
  const results = [found({}), found({ rounds: speedUps(1.07, 1.06) }), found({ rounds: [] }, { isStopped: true })];
  for (let columns = 60; columns <= 200; columns++) {
    for (const result of results) {
      const widths = demoLines(result, columns, plainStyle).map(displayWidth);
      expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
    }
  }
});

test('colours take no room and say nothing that the words do not', () => {
  const coloured = demoLines(found({}), 80, styleFor({ isTTY: true }, {}));
  const stripped = coloured.map(stripVTControlCharacters);
  expect(coloured.join('')).toContain('\x1b[32m');
  expect(stripped).toEqual(demoLines(found({}), 80, plainStyle));
});

test('no more digits than are known', () => {
  const values = [1.934, 38.72, 240.4, 18_345, 0.6, 0.0512, 0.000512, 0];
  expect(values.map(digits)).toEqual(['1.93', '38.7', '240', '18,300', '0.60', '0.051', '0.00051', '0']);
  expect([207_000, 18_345, 9_600].map(roughly)).toEqual(['about 200,000', 'about 20,000', 'about 10,000']);
  expect(quantity(0.000062, 'ms')).toBe('62.0 ns');
  expect(quantity(0.15, 'ms')).toBe('150 us');
  expect(quantity(999.8, 'ms')).toBe('1.00 s');
  expect(quantity(7.8e6, 'bytes')).toBe('7.80 MB');
  expect(quantity(392, 'bytes')).toBe('392 B');
  expect(quantity(19, 'ticks')).toBe('19 ticks');
  expect(quantity(0, 'ms')).toBe('0 ns');
  expect(quantity(2.5, 'ticks')).toBe('2.50 ticks');
  expect(quantityRange({ low: 0.9, high: 1_200 }, 'ms')).toBe('0.0009 to 1.20 s');
});

test('the bounds of a claim are shown as they were written', () => {
  expect(boundsWords([1.79, 1.95])).toBe('between 1.79 and 1.95');
  expect(boundsWords([1.02, Infinity])).toBe('above 1.02');
  expect(boundsWords([0, 10])).toBe('below 10');
  expect(boundsWords([7.4e6, 8.2e6], 'bytes')).toBe('between 7.4 and 8.2 MB');
  expect(boundsWords([500, Infinity], 'ms')).toBe('above 500 ms');
  expect(boundsWords([0, 0.5], 'ticks')).toBe('below 0.5 ticks');
});

test('how far it is', () => {
  const progress = { plan, variants: [], rounds: 0 };
  const text = (elapsedMs: number, pace: Pace = 'full') => progressText(progress, { elapsedMs, pace });
  expect(text(0)).toBe('[--------------------] setting up');
  expect(text(5_000)).toBe('[##########----------] setting up');
  expect(text(1_000, 'quick')).toBe('[##########----------] setting up');
  expect(progressText({ plan, variants: ['a', 'b'], rounds: 1 }, { elapsedMs: 99_000, pace: 'full' })).toBe(
    '[####################] a / b: 1 round',
  );
});
