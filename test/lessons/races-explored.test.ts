// What lesson 14 says about its scenarios is what the explorer finds in them.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';
import { exploreFile, type ExploreOptions } from '../../runner/explorer/explore-file.ts';

/** By the names of the snippets: `passed`, or the kind of the failure and its preemptions. */
const said: Readonly<Record<string, string>> = {
  'lost-update': 'assertion 1 beside a race',
  'load-and-store': 'assertion 1',
  'at-least-two': 'passed',
  add: 'passed',
  'last-seats': 'invariant 1',
  'last-seats-retried': 'passed',
  'half-changed': 'assertion 1',
  'one-word': 'passed',
  publish: 'race 0',
  published: 'passed',
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

async function explored(name: string, options: ExploreOptions = {}): Promise<string> {
  const file = join(courseRoot, 'lessons/14-race-conditions/snippets', `${name}.ts`);
  const outcome = await exploreFile(file, options);
  if ('reason' in outcome) return outcome.reason;
  const { exploration } = outcome;
  if (exploration.kind === 'unsupported') return exploration.reason;
  if (exploration.kind === 'passed') return exploration.bound === undefined ? 'passed' : 'passed as far as it went';
  const { kind, preemptions, race } = exploration.failure;
  return `${kind} ${preemptions}${race && kind !== 'race' ? ' beside a race' : ''}`;
}
