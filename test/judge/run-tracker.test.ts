// What is said of a run while it goes on: nothing at first, then its test, and as soon as one has failed, which.
import { expect, onTestFinished, test } from 'vitest';
import { trackRun } from '../../runner/judge/run-tracker.ts';
import type { TestStatus } from '../../runner/judge/verdict.ts';

const began = (name: string) => ({ kind: 'test', news: { kind: 'began', name } }) as const;
const ended = (name: string, status: TestStatus) =>
  ({ kind: 'test', news: { kind: 'ended', result: { name, status, message: '', ms: 1 } } }) as const;

test('names the test that runs and the first that failed, and forgets both with the run', async () => {
  const said = Promise.withResolvers<void>();
  const run = trackRun(() => said.resolve());
  onTestFinished(() => run.close());
  run.follow({ kind: 'started' });
  expect(run.busy()).toBe(undefined);
  await said.promise;
  expect(run.busy()?.what).toBe('Starting your program');
  run.follow(began('one'));
  expect(run.busy()?.what).toBe('Running "one"');
  run.follow(ended('one', 'passed'));
  for (const name of ['two', 'three']) {
    run.follow(began(name));
    run.follow(ended(name, 'failed'));
  }
  run.follow(began('four'));
  expect(run.busy()?.what).toBe('Running "four" ("two" has failed)');
  run.follow({ kind: 'vanished', file: 'lab.ts' });
  expect(run.busy()).toBe(undefined);
});
