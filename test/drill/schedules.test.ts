// Orders that Node does not guarantee are found, and those that it does are not taken for such.
import { expect, test } from 'vitest';
import type { Program } from '../../runner/drill/program.ts';
import { forcedRun } from '../../runner/drill/schedules.ts';
import {
  awaited,
  call,
  chain,
  immediate,
  made,
  micro,
  program,
  reading,
  rejected,
  resolved,
  thrown,
  tick,
  timeout,
} from './trees.ts';

const orderOf = (tree: Program) =>
  forcedRun(tree)
    ?.printed.map(({ print: { text } }) => text)
    .join(' ');

test.each<[what: string, tree: Program]>([
  ['a timer of 0 ms and an immediate in the main script', program('cjs', [timeout(0, 'a'), immediate('b')])],
  ['the same in an ES module', program('esm', [timeout(0, 'a'), immediate('b')])],
  ['the same behind a microtask', program('cjs', [micro(timeout(0, 'a')), tick(immediate('b'))])],
  ['a timer and an immediate in a timer', program('cjs', [timeout(0, 'a', timeout(0, 'b'), immediate('c'))])],
  ['a timer and an immediate in an immediate', program('cjs', [immediate('a', timeout(0, 'b'), immediate('c'))])],
  ['a longer timer before a shorter one', program('cjs', [timeout(20, 'a'), timeout(5, 'b')])],
  ['timers that two timers set', program('cjs', [timeout(5, 'a', timeout(5, 'b')), timeout(5, 'c', timeout(0, 'd'))])],
  [
    'a shorter timer that a longer one of the list before it may draw along',
    program('cjs', [timeout(10), timeout(5, 'a'), timeout(10, 'b')]),
  ],
  ['a file that is read and a timer', program('cjs', [reading('a'), timeout(0, 'b')])],
  ['a file that is read and a long timer', program('cjs', [reading('a'), timeout(20, 'b')])],
  ['a file that is read and an immediate', program('cjs', [reading('b'), immediate('a')])],
  [
    'a file that is read in a file’s callback, and an immediate',
    program('cjs', [reading('a', reading('b'), immediate('c'))]),
  ],
  ['two files', program('cjs', [reading('a'), reading('b')])],
  ['a file and an immediate inside of an immediate', program('cjs', [reading('a'), immediate('b', immediate('c'))])],
  [
    'a file that an immediate reads, and a later immediate',
    program('cjs', [immediate(reading('a'), immediate('b', immediate('c')))]),
  ],
  [
    'an await of a timer and an immediate',
    program('cjs', [chain(call('f')), immediate('b')], { f: [awaited(made({ kind: 'setTimeout', ms: 0 })), 'a'] }),
  ],
])('%s: not forced', (_what, tree) => {
  expect(forcedRun(tree)).toBeUndefined();
});

test.each<[what: string, tree: Program, order: string]>([
  [
    'a timer and an immediate in a file’s callback',
    program('cjs', [reading('a', timeout(0, 'b'), immediate('c'))]),
    'a c b',
  ],
  [
    'timers that are ever longer',
    program('cjs', [timeout(0, 'a'), timeout(5, 'b'), timeout(5, 'c'), timeout(20, 'd')]),
    'a b c d',
  ],
  [
    'a timer that a timer sets behind a shorter one',
    program('cjs', [timeout(0, 'a', timeout(5, 'c')), timeout(5, 'b')]),
    'a b c',
  ],
  ['files one after the other', program('cjs', [reading('a', reading('b', immediate('c')))]), 'a b c'],
  ['immediates in immediates', program('cjs', [immediate('a', immediate('c'), tick('b')), micro('0')]), '0 a b c'],
])('%s: forced', (_what, tree, order) => {
  expect(orderOf(tree)).toBe(order);
});

test.each<[what: string, tree: Program]>([
  ['a rejection that nobody handles', program('cjs', [chain(rejected, ['then', 'a']), 'b'])],
  ['a callback that is never called', program('cjs', [chain(resolved, ['catch', 'a']), 'b'])],
  ['a throw in a callback of the loop', program('cjs', [tick('a', thrown), 'b'])],
  ['a finally behind a rejection', program('cjs', [chain(rejected, ['finally', 'a']), 'b'])],
])('%s: no drill', (_what, tree) => {
  expect(forcedRun(tree)).toBeUndefined();
});
