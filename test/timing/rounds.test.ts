// The rounds with a clock that is handed in: a variant takes as long as it says, whatever the machine does.
import { expect, test } from 'vitest';
import type { CourseError } from '../../runner/course/course-error.ts';
import { capMs, isSpent, isWarm } from '../../runner/timing/budget.ts';
import type { Side } from '../../runner/timing/demo.ts';
import { othersShare } from '../../runner/timing/others-share.ts';
import { repeatsFor } from '../../runner/timing/repeats.ts';
import { type MeasuredRound, measureRounds, type Series } from '../../runner/timing/rounds.ts';
import { seededRandom } from './synthetic.ts';

function bench() {
  const clock = { ms: 0 };
  const calls: string[] = [];
  /** `ms` may change from run to run */
  const side = (name: string, ms: (run: number) => number, changes: Partial<Side> = {}): Side => {
    let runs = 0;
    return {
      name,
      run: () => {
        clock.ms += ms(runs++);
        calls.push(name);
        return 'work';
      },
      check: (result) => result === 'work',
      count: 1,
      isTimed: true,
      amount: Number,
      ...changes,
    };
  };
  const measure = async (sides: readonly Side[], changes: Partial<Series> = {}): Promise<MeasuredRound[]> => {
    const rounds: MeasuredRound[] = [];
    await measureRounds({
      sides,
      context: undefined,
      isBalanced: false,
      cap: 5_000,
      leastRounds: 1,
      isEnough: (rounds) => rounds.length >= 30,
      isStopped: () => false,
      onRound: (round) => rounds.push(round),
      now: () => clock.ms,
      random: seededRandom(1),
      ...changes,
    });
    return rounds;
  };
  return { clock, calls, side, measure };
}

test('five rounds are dropped, and what is measured is one run', async () => {
  const { side, measure, calls } = bench();
  const cold = side('cold', (run) => (run < 5 ? 500 : 25));
  const warm = side('warm', () => 50);
  const rounds = await measure([cold, warm], { cap: 1e6 });
  expect(rounds).toHaveLength(30);
  expect(new Set(rounds.map(({ values }) => values.join(' ')))).toEqual(new Set(['25 50']));
  expect(calls).toHaveLength(70);
});

test('in a pair sometimes the one comes first, sometimes the other', async () => {
  const { side, measure, calls } = bench();
  await measure([side('a', () => 20), side('b', () => 20)], { cap: 1e6, isEnough: (rounds) => rounds.length >= 200 });
  const pairs = Array.from({ length: calls.length / 2 }, (_, pair) => calls.slice(2 * pair, 2 * pair + 2).join(''));
  expect(new Set(pairs)).toEqual(new Set(['ab', 'ba']));
  const first = pairs.filter((pair) => pair === 'ab').length / pairs.length;
  expect(Math.abs(first - 0.5)).toBeLessThan(0.1);
  // Not by turns either: half of the pairs repeat the order of the one before.
  const repeated = pairs.filter((pair, index) => pair === pairs[index - 1]).length / pairs.length;
  expect(Math.abs(repeated - 0.5)).toBeLessThan(0.1);
});

test('a short side is repeated until it takes 20 ms, also when it becomes faster later', async () => {
  const { side, measure } = bench();
  const rounds = await measure([side('a', (run) => (run < 60 ? 3 : 0.5)), side('b', () => 40)]);
  expect(rounds[0]?.repeats).toEqual([7, 1]);
  expect(rounds.at(-1)?.repeats).toEqual([40, 1]);
  expect(rounds.at(-1)?.values).toEqual([0.5, 40]);
});

test('the shorter of two that wait is repeated up to eight times', () => {
  expect(repeatsFor([2_000, 60], true)).toEqual([1, 8]);
  expect(repeatsFor([100, 30], true)).toEqual([1, 3]);
  expect(repeatsFor([100, 30], false)).toEqual([1, 1]);
  expect(repeatsFor([5, 400], true)).toEqual([8, 1]);
  expect(repeatsFor([0.5, 400], true)).toEqual([40, 1]);
  expect(repeatsFor([0, 20], false)).toEqual([100_000, 1]);
});

test('what one run does many times is shown for once', async () => {
  const { side, measure } = bench();
  const rounds = await measure([side('a', () => 50, { count: 1_000 })]);
  expect(rounds[0]?.values).toEqual([0.05]);
});

test('the time is up before a round that would go beyond it', async () => {
  const { side, measure, clock } = bench();
  const rounds = await measure([side('a', () => 300), side('b', () => 300)], { isEnough: () => false });
  expect(clock.ms).toBeLessThanOrEqual(5_000);
  // Two rounds are enough to be warm, when they take a fifth of the time.
  expect(rounds).toHaveLength(6);
});

test('a round that is longer than all the time is measured once', async () => {
  const { side, measure } = bench();
  expect(await measure([side('a', () => 6_000)], { isEnough: () => false })).toHaveLength(1);
});

test('amounts are not repeated, the first one is dropped, and as many as are needed may take longer', async () => {
  const { side, measure } = bench();
  let bytes = 100;
  const a = side('a', () => 4_000, { isTimed: false, run: () => bytes++, check: () => true, amount: Number, count: 2 });
  const b = side('b', () => 4_000, { isTimed: false, amount: () => 10 });
  const rounds = await measure([a, b], { isEnough: () => false, leastRounds: 3, cap: 4_000 });
  expect(rounds.map(({ values, repeats }) => [values, repeats])).toEqual([
    [
      [50.5, 10],
      [1, 1],
    ],
    [
      [51, 10],
      [1, 1],
    ],
    [
      [51.5, 10],
      [1, 1],
    ],
  ]);
});

test('stopping drops the round that is under way', async () => {
  const { side, measure } = bench();
  let count = 0;
  const rounds = await measure([side('a', () => 20)], { cap: 1e6, isStopped: () => ++count > 12 });
  expect(rounds.length).toBeGreaterThan(0);
  expect(rounds.length).toBeLessThan(12);
});

test('a variant that does no work in one of many runs is refused', async () => {
  const { side, measure } = bench();
  const work = side('lazy', () => 4);
  let runs = 0;
  const run = () => (work.run(undefined) === 'work' && ++runs === 40 ? undefined : 'work');
  const refused = measure([{ ...work, run }, side('b', () => 20)], { cap: 1e6 });
  await expect(refused).rejects.toMatchObject({
    message: '"lazy" did not do its work: its check refuses the result undefined.',
    exitCode: 2,
  } satisfies Partial<CourseError>);
});

test('a check may say what is wrong, and an async variant is awaited', async () => {
  const { side, measure } = bench();
  const run = async () => [1, 2];
  const wrong = side('sum', () => 20, { run, check: (result) => Array.isArray(result) && 'there are 3 numbers' });
  await expect(measure([wrong])).rejects.toThrow(
    '"sum" did not do its work: its check refuses the result [ 1, 2 ]: there are 3 numbers.',
  );
});

test('what cannot be measured is refused', async () => {
  const { side, measure } = bench();
  await expect(measure([side('nothing', () => 1e-6)])).rejects.toThrow('"nothing" takes 1 ns, which is too short');
  const minus = side('minus', () => 1, { isTimed: false, amount: () => -1 });
  await expect(measure([minus])).rejects.toThrow('"minus" measured -1, which is no amount.');
  const zero = side('zero', () => 1, { isTimed: false, amount: () => 0 });
  await expect(measure([zero, side('b', () => 1, { isTimed: false, amount: () => 5 })])).rejects.toThrow(
    '"zero" measured 0',
  );
  expect(await measure([zero])).toHaveLength(30);
});

test('what the machine offered is measured in each round, in random order with the rest', async () => {
  const { side, measure, calls, clock } = bench();
  const spin = (name: string, ms: number) => async () => {
    calls.push(name);
    clock.ms += ms;
    return ms;
  };
  const probe = { alone: spin('1', 20), together: spin('2', 25), close: async () => {} };
  const rounds = await measure([side('a', () => 40), side('b', () => 25)], { probe: { threads: [2], probe } });
  expect(new Set(rounds.map(({ offered }) => offered?.[2]))).toEqual(new Set([1.6]));
  const orders = Array.from({ length: calls.length / 4 }, (_, round) => calls.slice(4 * round, 4 * round + 4).join(''));
  expect(orders.every((order) => order.split('').sort().join('') === '12ab')).toBe(true);
  expect(new Set(orders).size).toBeGreaterThan(8);
});

test('a quick demo takes 2 s, and what one comparison leaves over the next one has', () => {
  const series = { variants: ['a', 'b'], ratios: ['a'] };
  expect(capMs({ pace: 'full', left: 2, spentMs: 9_000, series })).toBe(5_000);
  expect(capMs({ pace: 'quick', left: 2, spentMs: 0, series })).toBe(1_000);
  expect(capMs({ pace: 'quick', left: 1, spentMs: 400, series })).toBe(1_600);
  expect(capMs({ pace: 'quick', left: 1, spentMs: 2_500, series })).toBe(0);
  expect(capMs({ pace: 'once', left: 2, spentMs: 0, series })).toBe(0);
  expect(capMs({ pace: 'full', left: 1, spentMs: 0, series: { ...series, ratios: ['a', 'b', 'c'] } })).toBe(10_000);
  expect(capMs({ pace: 'quick', left: 1, spentMs: 0, series: { ...series, isCurve: true } })).toBe(8_000);
  expect(isWarm({ dropped: 0, elapsedMs: 0, cap: 0 })).toBe(false);
  expect(isSpent({ elapsedMs: 900, roundMs: 100, cap: 1_000 })).toBe(false);
});

test("the others' share is what is busy and not ours", () => {
  expect(othersShare({ busyMs: 1_500, idleMs: 500, ownMs: 500 })).toBe(0.5);
  expect(othersShare({ busyMs: 450, idleMs: 500, ownMs: 500 })).toBe(0);
  expect(othersShare({ busyMs: 0, idleMs: 0, ownMs: 0 })).toBeUndefined();
});
