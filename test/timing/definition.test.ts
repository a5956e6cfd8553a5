// What an author may write, and what is refused before anything runs.
import { expect, test } from 'vitest';
import { demo, sameOrderAs } from '../../runner/kit/demo.ts';

const work = () => 42;
const check = (result: number) => result === 42;
const ratios = { gain: { of: 'a', over: 'b' } } as const;

test('a function is a variant, and the check of the demo is for all that have none', () => {
  const own = () => 'not 43';
  const { plan, sides } = demo({
    title: 'Two of a kind',
    variants: { a: work, b: { run: work, check: own, count: 10 } },
    check,
    ratios: { 'speed-up': { of: 'a', over: 'b', threads: 2 } },
    claims: [{ claim: 'F01', says: 'It scales.', ratio: 'speed-up', holds: [1.9, 2.1], limits: [0.9, 1.1] }],
  });
  expect(plan).toEqual({
    title: 'Two of a kind',
    variants: [
      { name: 'a', unit: 'ms' },
      { name: 'b', unit: 'ms' },
    ],
    ratios: [{ name: 'speed-up', of: 'a', over: 'b', kind: 'speed-up', threads: 2 }],
    series: [{ variants: ['a', 'b'], ratios: ['speed-up'] }],
    claims: [{ claim: 'F01', says: 'It scales.', ratio: 'speed-up', holds: [1.9, 2.1], limits: [0.9, 1.1] }],
  });
  expect(sides.get('a')).toMatchObject({ check, count: 1, isTimed: true });
  expect(sides.get('b')).toMatchObject({ check: own, count: 10 });
});

test('what stands in no ratio is measured by itself', () => {
  const { plan } = demo({
    title: 'Ticks',
    variants: { burn: { run: work, unit: 'ticks' }, slices: { run: work, unit: 'ticks' } },
    check,
    claims: [{ claim: 'F50', says: 'Nothing else runs.', variant: 'burn', holds: [0, 0.5] }],
  });
  expect(plan.series).toEqual([
    { variants: ['burn'], ratios: [] },
    { variants: ['slices'], ratios: [] },
  ]);
});

test('what is kept of a variant is for one thing', () => {
  const { plan } = demo({
    title: 'Kept',
    variants: { a: work, b: work },
    check,
    keeps: { 'one a': { variant: 'a' }, 'one of the many in b': { variant: 'b', per: 1_000 } },
  });
  expect(plan.keeps).toEqual([
    { thing: 'one a', variant: 'a', per: 1 },
    { thing: 'one of the many in b', variant: 'b', per: 1_000 },
  ]);
});

test('two comparisons may have a side in common', () => {
  const { plan } = demo({
    title: 'Three',
    variants: { a: work, b: work, c: work },
    check,
    ratios: { one: { of: 'a', over: 'b' }, two: { of: 'a', over: 'c', kind: 'waits' } },
  });
  expect(plan.series).toEqual([
    { variants: ['a', 'b'], ratios: ['one'] },
    { variants: ['a', 'c'], ratios: ['two'] },
  ]);
});

const claim = { claim: 'F04', says: 'It does.', ratio: 'gain', holds: [1, 2] } as const;

test.each([
  ['no title', { title: ' ' }, 'it has no title'],
  ['nothing to compare', { variants: {}, ratios: {} }, 'it has no variants'],
  ['no check', { check: undefined }, '"a" has no check'],
  ['too much', { variants: { a: work, b: work, c: work, d: work } }, 'it has 3 comparisons, and a learner waits for 2'],
  ['a count', { variants: { a: { run: work, count: 0 }, b: work } }, 'the count of "a" is no whole number above 0'],
  ['a unit of time', { variants: { a: { run: work, unit: 'ms' }, b: work } }, '"a" measures time itself'],
  ['two units', { variants: { a: { run: work, unit: 'bytes' }, b: work } }, 'the two sides of the ratio "gain" have'],
  ['an unknown side', { ratios: { gain: { of: 'a', over: 'x' } } }, 'the ratio "gain" names no variant with "x"'],
  ['one side', { ratios: { gain: { of: 'a', over: 'a' } } }, 'the ratio "gain" compares "a" with itself'],
  ['a name', { ratios: { 'The gain': { of: 'a', over: 'b' } } }, 'the ratio "The gain" is named with more than small'],
  ['one thread', { ratios: { gain: { of: 'a', over: 'b', threads: 1 } } }, 'the threads of "gain" are no whole number'],
  [
    'a speed-up of bytes',
    {
      variants: { a: { run: work, unit: 'bytes' }, b: { run: work, unit: 'bytes' } },
      ratios: { gain: { of: 'a', over: 'b', threads: 2 } },
    },
    'the speed-up "gain" is no ratio of times',
  ],
  ['an id', { claims: [{ ...claim, claim: 'C04' }] }, '"C04" is no claim of the ledger'],
  ['a silent claim', { claims: [{ ...claim, says: '' }] }, 'F04 does not say what it says'],
  ['an unknown ratio', { claims: [{ ...claim, ratio: 'loss' }] }, 'F04 names no ratio with "loss"'],
  ['about nothing', { claims: [{ ...claim, ratio: undefined }] }, 'F04 names neither a ratio nor a variant'],
  ['a range', { claims: [{ ...claim, holds: [2, 1] }] }, 'the range of F04 is empty: from 2 to 1'],
  ['limits', { claims: [{ ...claim, limits: [0.9, 1.1] }] }, 'F04 has limits without threads'],
  [
    'no limits',
    { ratios: { gain: { of: 'a', over: 'b', threads: 2 } }, claims: [claim] },
    'F04 has threads and no limits',
  ],
  ['what is kept of nothing', { keeps: { 'a thing': { variant: 'x' } } }, 'it keeps "a thing" of "x", which is no'],
  ['kept without a name', { keeps: { ' ': { variant: 'a' } } }, 'what it keeps has no name'],
  ['kept per none', { keeps: { 'a thing': { variant: 'a', per: 0 } } }, 'what "a thing" is per is no whole number'],
])('refused: %s', (_, changes, message) => {
  const definition = { title: 'T', variants: { a: work, b: work }, check, ratios, ...changes };
  // What the types refuse as well reaches us from an author whose editor does not show them.
  const make = demo as (definition: unknown) => unknown;
  expect(() => make(definition)).toThrow(`This demo cannot be measured: ${message}`);
});

test('an order of magnitude reaches half a power of ten to both sides', () => {
  const [low, high] = sameOrderAs(18_000);
  expect(high / low).toBeCloseTo(10, 9);
  expect(Math.sqrt(low * high)).toBeCloseTo(18_000, 6);
});
