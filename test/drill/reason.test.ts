// Why one line comes before another: the rule that is named is the one that holds.
import { expect, test } from 'vitest';
import { makeDrill } from '../../runner/drill/drill.ts';
import { levels } from '../../runner/drill/levels.ts';
import type { Program } from '../../runner/drill/program.ts';
import { reasonOf } from '../../runner/drill/reason.ts';
import { forcedRun } from '../../runner/drill/schedules.ts';
import { sourceOf } from '../../runner/drill/source.ts';
import {
  awaited,
  call,
  chain,
  immediate,
  made,
  micro,
  program,
  reading,
  resolved,
  thenable,
  tick,
  timeout,
} from './trees.ts';

function reason(tree: Program, earlier: string, later: string): string {
  const run = forcedRun(tree);
  if (!run) throw new Error('its order is not forced');
  return reasonOf({ run, source: sourceOf(tree), format: tree.format }, earlier, later).join(' ');
}

const promised = made({ kind: 'now', value: resolved });

test.each<[words: string, tree: Program, earlier: string, later: string]>([
  ['The main script runs to its end', program('cjs', [micro('b'), 'a']), 'a', 'b'],
  ['The main script prints both. It runs on to its end', program('cjs', ['a', 'b', micro('c')]), 'a', 'b'],
  ['The process.nextTick callback of line 1 prints both.', program('cjs', [tick('a', 'b')]), 'a', 'b'],
  ['A callback runs to its end before anything that it schedules', program('cjs', [tick(micro('b'), 'a')]), 'a', 'b'],
  ['Node empties the nextTick queue first', program('cjs', [micro('b'), tick('a')]), 'a', 'b'],
  ['In an ES module the main script itself is run by a microtask', program('esm', [tick('b'), micro('a')]), 'a', 'b'],
  ['Once the microtask queue has its turn it is emptied', program('cjs', [micro(tick('b')), micro('a')]), 'a', 'b'],
  [
    'The microtask queue is served in the order',
    program('cjs', [micro('a'), chain(resolved, ['then', 'b'])]),
    'a',
    'b',
  ],
  ['The nextTick queue is served in the order', program('cjs', [tick('a'), tick('b')]), 'a', 'b'],
  ['The loop does not go on to its next callback', program('cjs', [timeout(0, 'b'), micro('a')]), 'a', 'b'],
  ['Timers run in the order in which they are due', program('cjs', [timeout(0, 'a'), timeout(5, 'b')]), 'a', 'b'],
  [
    'Immediates run in the order in which they were set',
    program('cjs', [immediate('a', immediate('c')), immediate('b')]),
    'b',
    'c',
  ],
  [
    'The loop goes round from poll (I/O) to check (setImmediate)',
    program('cjs', [reading(timeout(0, 'b'), immediate('a'))]),
    'a',
    'b',
  ],
  [
    'The promise of line 1 is resolved with a promise: one turn to call its then, one to hear from it.',
    program('cjs', [chain(promised, ['then', 'c']), chain(resolved, ['then', 'a'], ['then', 'b'])]),
    'b',
    'c',
  ],
  [
    'The await of line 2 waits for an object with a then, which is called in a turn of its own.',
    program('cjs', [chain(call('f')), micro('t'), micro('a')], { f: [awaited(thenable('0')), 'b'] }),
    'a',
    'b',
  ],
  [
    'The queues are those behind the setTimeout callback of line 1, and that comes before the setTimeout callback of line 5: timers run in the order',
    program('cjs', [timeout(0, 'a', micro('b')), timeout(5, 'c')]),
    'b',
    'c',
  ],
])('%s', (words, tree, earlier, later) => {
  expect(reason(tree, earlier, later)).toContain(words);
});

test('there is a reason for each pair of lines of each drill', () => {
  let pairs = 0;
  for (const level of levels)
    for (let seed = 0; seed < 60; seed++) {
      const drill = makeDrill(seed, level);
      for (const [index, earlier] of drill.lines.entries())
        for (const later of drill.lines.slice(index + 1)) {
          const sentences = reasonOf(drill, earlier, later);
          pairs += 1;
          for (const sentence of sentences) expect(sentence).toMatch(/^["A-Z].*[^.]\.$/);
          expect(sentences.join(' ')).toMatch(
            /before|in the order|prints both|Once the microtask queue|goes round|nextTick queue first/,
          );
          expect(sentences.join(' ')).not.toMatch(/undefined|NaN|of line 0/);
        }
    }
  expect(pairs).toBeGreaterThan(1_000);
});
