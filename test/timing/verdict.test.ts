import { expect, test } from 'vitest';
import {
  directionOf,
  judgeAmount,
  judgeAmountRatio,
  judgeRatio,
  judgeTime,
  type Ratio,
} from '../../runner/timing/verdict.ts';

/** An interval around the middle of which nothing depends. */
function between(low: number, high: number) {
  return { median: Math.sqrt(low * high), low, high };
}

function work(low: number, high: number, changes: Partial<Ratio> = {}): Ratio {
  return { kind: 'work', estimate: between(low, high), pairs: 45, othersShare: 0.1, ...changes };
}

function speedUp(of: readonly [number, number], ofOffered: readonly [number, number], changes: Partial<Ratio> = {}) {
  return work(...of, { kind: 'speed-up', ofOffered: between(...ofOffered), ...changes });
}

test.each([
  ['inside', work(1.85, 1.95), 'holds', 'inside'],
  ['inside, with its ends on the ends of the claim', work(1.8, 2), 'holds', 'inside'],
  ['wholly above', work(2.2, 2.3), 'does-not-hold', 'outside'],
  ['wholly below, in the same direction', work(1.2, 1.3), 'does-not-hold', 'outside'],
  ['wholly below, in the other direction', work(0.4, 0.45), 'does-not-hold', 'outside'],
  ['overlapping: faster for sure, how much is not', work(1.7, 1.9), 'within-limits', 'direction-only'],
  ['overlapping on both sides', work(1.75, 2.05), 'within-limits', 'direction-only'],
  ['too wide, although it is inside', work(1.5, 1.9), 'too-noisy', 'wide-interval'],
  ['nine pairs', work(1.85, 1.95, { pairs: 9 }), 'too-noisy', 'few-runs'],
  ['ten pairs', work(1.85, 1.95, { pairs: 10 }), 'holds', 'inside'],
  ['others at 75 %', work(1.85, 1.95, { othersShare: 0.75 }), 'holds', 'inside'],
  ['others above 75 %', work(1.85, 1.95, { othersShare: 0.76 }), 'too-noisy', 'busy-machine'],
  ['others above 75 %, wholly outside', work(3, 3.1, { othersShare: 0.8 }), 'too-noisy', 'busy-machine'],
  ['others unknown', work(1.85, 1.95, { othersShare: undefined }), 'holds', 'inside'],
  ['not measured', work(1, 1, { estimate: undefined, pairs: 0 }), 'too-noisy', 'not-measured'],
] as const)('1.8 to 2 is claimed, the interval is %s', (_, ratio, verdict, reason) => {
  expect(judgeRatio(ratio, { holds: [1.8, 2] })).toEqual({ verdict, reason });
});

test.each([
  ['faster above 1.02 only', work(1.01, 1.15), [1.1, 2], 'too-noisy', 'straddles'],
  ['surely faster', work(1.03, 1.15), [1.1, 2], 'within-limits', 'direction-only'],
  ['surely slower', work(0.9, 0.97), [0.5, 0.95], 'within-limits', 'direction-only'],
  ['a claim of no difference has no direction', work(1.05, 1.15), [0.9, 1.1], 'too-noisy', 'straddles'],
  ['an open end', work(5, 5.1), [1.02, Infinity], 'holds', 'inside'],
] as const)('direction: %s', (_, ratio, holds, verdict, reason) => {
  expect(judgeRatio(ratio, { holds })).toEqual({ verdict, reason });
});

test('waiting and magnitudes may vary more than computing', () => {
  const wide = between(15, 24);
  const judge = (kind: Ratio['kind']) => judgeRatio(work(1, 1, { kind, estimate: wide }), { holds: [10, 100] }).verdict;
  expect(judge('work')).toBe('too-noisy');
  expect(judge('waits')).toBe('too-noisy');
  expect(judge('magnitude')).toBe('holds');
  expect(judgeRatio(work(16, 24, { kind: 'waits' }), { holds: [10, 100] }).verdict).toBe('holds');
  expect(judgeRatio(work(1_000, 20_000, { kind: 'magnitude' }), { holds: [10, 1e6] }).verdict).toBe('too-noisy');
});

const claim = { holds: [1.79, 1.95], limits: [0.85, 1.15] } as const;

test.each([
  ['the machine is ours', speedUp([1.85, 1.93], [0.95, 1]), 'holds', 'inside'],
  ['better than claimed, and what is offered', speedUp([1.94, 1.99], [0.97, 1.01]), 'within-limits', 'as-offered'],
  ['one core was offered, and used', speedUp([0.99, 1.11], [0.93, 1.05]), 'within-limits', 'as-offered'],
  ['the speed-up is not clear, its part is', speedUp([1.1, 1.8], [0.91, 1.09]), 'within-limits', 'as-offered'],
  ['cores were offered, and not used', speedUp([0.98, 1.02], [0.48, 0.52]), 'does-not-hold', 'outside'],
  ['outside, and its part is on the edge', speedUp([1.4, 1.5], [0.8, 0.95]), 'too-noisy', 'straddles'],
  ['overlapping, and its part is on the edge', speedUp([1.7, 1.85], [0.8, 0.95]), 'within-limits', 'direction-only'],
  ['not clear, its part neither', speedUp([1.1, 1.8], [0.6, 1.1]), 'too-noisy', 'wide-interval'],
  ['not clear, its part on the edge', speedUp([1.4, 1.8], [0.8, 0.95]), 'too-noisy', 'straddles'],
  ['inside, but more than was offered', speedUp([1.8, 1.9], [1.5, 1.6]), 'too-noisy', 'cores-missing'],
  ['nine pairs', speedUp([1.85, 1.93], [0.95, 1], { pairs: 9 }), 'too-noisy', 'few-runs'],
  ['others above 75 %', speedUp([1, 1.1], [0.95, 1], { othersShare: 0.8 }), 'too-noisy', 'busy-machine'],
] as const)('a speed-up of two threads: %s', (_, ratio, verdict, reason) => {
  expect(judgeRatio(ratio, claim)).toEqual({ verdict, reason });
});

test('that threads do not help is not proved by a machine that offers one core', () => {
  const noHelp = { holds: [0.9, 1.1], limits: [0.4, 0.6] } as const;
  expect(judgeRatio(speedUp([0.97, 1.03], [0.48, 0.52]), noHelp).verdict).toBe('holds');
  expect(judgeRatio(speedUp([0.97, 1.03], [0.93, 1.05]), noHelp)).toEqual({
    verdict: 'too-noisy',
    reason: 'cores-missing',
  });
});

test('amounts are judged by their spread, whatever else runs on the machine', () => {
  const judge = (low: number, high: number, runs = 3) =>
    judgeAmount({ estimate: between(low, high), runs }, [7.4, 8.2]);
  expect(judge(7.5, 8)).toEqual({ verdict: 'holds', reason: 'inside' });
  expect(judge(10, 12)).toEqual({ verdict: 'does-not-hold', reason: 'outside' });
  expect(judge(7, 8)).toEqual({ verdict: 'too-noisy', reason: 'straddles' });
  expect(judge(7.5, 8, 2)).toEqual({ verdict: 'too-noisy', reason: 'few-runs' });
  expect(judgeAmount({ estimate: undefined, runs: 0 }, [1, 2])).toEqual({
    verdict: 'too-noisy',
    reason: 'not-measured',
  });
});

test('a ratio of amounts has a direction, an amount has none', () => {
  const runs = { estimate: between(800, 2_500), runs: 3 };
  expect(judgeAmountRatio(runs, [1_000, 9_000])).toEqual({ verdict: 'within-limits', reason: 'direction-only' });
  expect(judgeAmount(runs, [1_000, 9_000])).toEqual({ verdict: 'too-noisy', reason: 'straddles' });
  expect(judgeAmountRatio(runs, [500, 9_000]).verdict).toBe('holds');
  expect(judgeAmountRatio({ ...runs, runs: 2 }, [500, 9_000]).reason).toBe('few-runs');
  expect(judgeAmountRatio({ estimate: undefined, runs: 0 }, [500, 9_000]).reason).toBe('not-measured');
});

test('the time of one variant needs runs and a machine that is not taken', () => {
  const time = { estimate: between(200, 210), runs: 30, othersShare: 0.2 };
  expect(judgeTime(time, [195, 260]).verdict).toBe('holds');
  expect(judgeTime(time, [205, 260])).toEqual({ verdict: 'too-noisy', reason: 'straddles' });
  expect(judgeTime(time, [300, 400]).verdict).toBe('does-not-hold');
  expect(judgeTime({ ...time, runs: 9 }, [195, 260]).reason).toBe('few-runs');
  expect(judgeTime({ ...time, othersShare: 0.76 }, [195, 260]).reason).toBe('busy-machine');
  expect(judgeTime({ estimate: undefined, runs: 0, othersShare: 0 }, [195, 260]).reason).toBe('not-measured');
});

test('the direction of a ratio is sure from 2 % on', () => {
  expect(directionOf({ low: 1.021, high: 1.1 })).toBe('above');
  expect(directionOf({ low: 1.02, high: 1.1 })).toBe('neither');
  expect(directionOf({ low: 0.9, high: 0.98 })).toBe('below');
  expect(directionOf({ low: 0.9, high: 0.99 })).toBe('neither');
});
