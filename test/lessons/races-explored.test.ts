// What lesson 14 says about its failing scenarios is what the explorer finds in them: which failure, after how many
// preemptions. Whether each scenario that it quotes fails at all is looked at in code-blocks.test.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';
import { exploreAsyncFile } from '../../runner/explorer/async/explore-async-file.ts';
import type { AsyncExploration } from '../../runner/explorer/async/verdict.ts';
import { exploreFile, type ExploreOptions } from '../../runner/explorer/explore-file.ts';
import type { Exploration } from '../../runner/explorer/engine/verdict.ts';

/** By the names of the snippets: `passed`, or the kind of the failure and its preemptions. */
const said: Readonly<Record<string, string>> = {
  'lost-update': 'assertion 1 beside a race',
  'load-and-store': 'assertion 1',
  'last-seats': 'invariant 1',
  'half-changed': 'assertion 1',
  publish: 'race 0',
  'two-flags': 'race 0',
  'two-flags-atomic': 'passed',
  peterson: 'race 0',
  'peterson-atomic': 'passed',
};

test.for(Object.entries(said))('%s: %s', async ([name, verdict]) => {
  expect(await explored(name)).toBe(verdict);
});

test.for([
  ['two-flags', 'assertion 0'],
  ['two-flags-atomic', 'passed'],
  ['peterson', 'invariant 2'],
  ['peterson-atomic', 'passed'],
] as const)('%s with store buffers: %s', async ([name, verdict]) => {
  expect(await explored(name, { memory: 'tso' })).toBe(verdict);
});

test('deposit-orders, with tasks: assertion 1', async () => {
  const file = fileOf('deposit-orders');
  const outcome = await exploreAsyncFile(file, [file]);
  expect('reason' in outcome ? outcome.reason : wordsOf(outcome.exploration)).toBe('assertion 1');
});

/** The text says why there are more than the six that can be written down. */
test.for([
  ['deposit-orders', 'Found in'],
  ['deposit-queue', 'No order of these 2 tasks and this script fails:'],
] as const)('%s: as many orders as the text says', async ([name, words]) => {
  const file = fileOf(name);
  const outcome = await exploreAsyncFile(file, [file]);
  if ('reason' in outcome || outcome.exploration.kind === 'unsupported') throw new Error(`${name} cannot be explored`);
  const text = readFileSync(join(courseRoot, 'lessons/14-race-conditions/lesson.md'), 'utf8').replaceAll(/\s+/g, ' ');
  expect(text).toContain(`${words} ${outcome.exploration.effort.runs} orders,`);
});

function fileOf(name: string): string {
  return join(courseRoot, 'lessons/14-race-conditions/snippets', `${name}.ts`);
}

async function explored(name: string, options: ExploreOptions = {}): Promise<string> {
  const outcome = await exploreFile(fileOf(name), options);
  if ('reason' in outcome) return outcome.reason;
  const { exploration } = outcome;
  const isBeside = exploration.kind === 'failed' && exploration.failure.race && exploration.failure.kind !== 'race';
  return `${wordsOf(exploration)}${isBeside ? ' beside a race' : ''}`;
}

function wordsOf(exploration: Exploration | AsyncExploration): string {
  switch (exploration.kind) {
    case 'unsupported':
      return exploration.reason;
    case 'passed':
      return exploration.bound === undefined ? 'passed' : 'passed as far as it went';
    case 'failed':
      return `${exploration.failure.kind} ${exploration.failure.preemptions}`;
  }
}
