// The same async bugs under the explorer and under fast-check's scheduler, which draws orders of promises at random. Its
// scheduler postpones when an operation's promise settles; the operation itself has run by then, as `scheduleFunction` has it.
// The second way of asking it postpones the effect as well, as the explorer does.
import { join } from 'node:path';
import { asyncProperty, check, scheduler as anyScheduler, type Scheduler } from 'fast-check';
import { courseRoot } from '../../runner/course/paths.ts';
import type { AsyncScenario, Operations } from '../../runner/explorer/author-kit.ts';
import { runExplorer } from '../../runner/explorer/explorer-process.ts';

export interface AsyncBug {
  readonly name: string;
  /** what the explorer says, in how many states, and the milliseconds of its process */
  readonly explored: { readonly kind: string; readonly states: number; readonly ms: number };
  /** by what is postponed: the runs until a failure was found, undefined: none in `mostRuns` */
  readonly drawn: Readonly<Record<'promises' | 'effects', { readonly runs: number | undefined; readonly ms: number }>>;
}

export const mostRuns = 1_000;
const folder = join(courseRoot, 'test/fixtures/explored/async');
const names = ['bank-transfer', 'cache-stampede', 'search-box', 'read-your-writes', 'writes-out-of-order'];
const seed = 1;

export async function measureAsyncBugs(onBug: (done: number) => void = () => {}): Promise<AsyncBug[]> {
  const bugs: AsyncBug[] = [];
  for (const name of names) {
    const file = join(folder, `${name}.ts`);
    const start = performance.now();
    const ending = await runExplorer({ file, options: {} });
    const ms = performance.now() - start;
    if (ending.kind !== 'explored-tasks' || ending.exploration.kind !== 'failed')
      throw new Error(`${name}: the explorer found no failure (${ending.kind})`);
    const { failure, effort } = ending.exploration;
    const scenario = (await import(file)) as AsyncScenario<unknown>;
    bugs.push({
      name,
      explored: { kind: failure.kind, states: effort.states, ms },
      drawn: { promises: await draw(scenario, 'promises'), effects: await draw(scenario, 'effects') },
    });
    onBug(bugs.length);
  }
  return bugs;
}

async function draw(
  scenario: AsyncScenario<unknown>,
  postponed: 'promises' | 'effects',
): Promise<{ runs: number | undefined; ms: number }> {
  const start = performance.now();
  const property = asyncProperty(anyScheduler(), (scheduler) => run(scenario, scheduler, postponed));
  const { failed, numRuns } = await check(property, { numRuns: mostRuns, seed, endOnFailure: true });
  return { runs: failed ? numRuns : undefined, ms: performance.now() - start };
}

async function run(
  { tasks, setup, task, invariant, final }: AsyncScenario<unknown>,
  scheduler: Scheduler,
  postponed: 'promises' | 'effects',
): Promise<boolean> {
  const ops: Operations = {
    operation: (effect) =>
      postponed === 'promises'
        ? scheduler.scheduleFunction(async (...args) => effect(...args))
        : async (...args) => {
            await scheduler.schedule(Promise.resolve());
            return effect(...args);
          },
    sleep: async () => {
      await scheduler.schedule(Promise.resolve());
    },
  };
  const shared = setup(ops);
  let isGood = true;
  const ended = Promise.allSettled(Array.from({ length: tasks }, (_, id) => task(id, shared)));
  for (;;) {
    // Until all that follows from the last one has run.
    await new Promise((resolve) => setImmediate(resolve));
    isGood &&= holds(invariant, shared);
    if (scheduler.count() === 0) break;
    await scheduler.waitOne();
  }
  const all = await Promise.race([ended, new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined)))]);
  return isGood && all !== undefined && all.every(({ status }) => status === 'fulfilled') && holds(final, shared);
}

function holds(check: ((shared: unknown) => unknown) | undefined, shared: unknown): boolean {
  try {
    return check?.(shared) !== false;
  } catch {
    return false;
  }
}
