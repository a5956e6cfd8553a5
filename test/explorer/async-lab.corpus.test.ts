// A scenario with the learner's module beside it, and with that module in a process of its own: the same verdict, the same
// counterexample, as many orders. Graded, it is the one and then the other.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { Apart } from '../../runner/explorer/async/apart.ts';
import { AsyncLab } from '../../runner/explorer/async/explore-async-lab.ts';
import { defaultAsyncOptions, type AsyncExploration } from '../../runner/explorer/async/verdict.ts';
import { courseRoot } from '../../runner/course/paths.ts';
import { Spares } from '../../runner/subject/spares.ts';
import { asyncExplorer, filesBelow, header, verdictOf } from './async-explored.ts';

const labs = join(courseRoot, 'test/fixtures/explored/async-labs');
const explore = asyncExplorer(filesBelow(labs));
const spares = new Spares();
afterAll(() => spares.close());

/** Without the learner's module beside the scenario, what hangs on the order of microtasks on both sides is not met. */
const metTogetherAlone = new Set(['mutex-in-between-microtasks']);
/** It is right only because its caller comes back so soon. */
const metApartAlone = new Set(['open-for-some-microtasks']);

/** One of each kind: a pass, failures that both or the one finds, a bound that was hit, what does not come back. */
const graded = new Set(['mutex', 'deposit-lost', ...metTogetherAlone, ...metApartAlone, 'polls', 'loops', 'throws']);

test.each(readdirSync(labs))('%s', async (name) => {
  const folder = join(labs, name);
  const file = join(folder, 'scenario.ts');
  const text = readFileSync(file, 'utf8');
  const learners = new Map([['lab.ts', readFileSync(join(folder, 'lab.ts'))]]);
  const bounds = { mostOperations: 100, mostVainRounds: 3 };
  const together = await explore(`${name}/scenario.ts`, bounds);
  expect(verdictOf(together)).toBe(header(text, 'verdict'));
  if (together.kind === 'passed') expect(together.bound).toBe(header(text, 'bound'));
  const preemptions = header(text, 'preemptions');
  if (preemptions !== undefined && together.kind === 'failed')
    expect(together.failure.preemptions).toBe(Number(preemptions));

  const authors = new Map([['scenario.ts', readFileSync(file)]]);
  const sides = new Apart({ authors, learners, lab: 'lab.ts', spares });
  onTestFinished(() => sides.close());
  const options = { ...defaultAsyncOptions, ...bounds };
  const apart = await sides.explore({ file: 'scenario.ts', options });
  if (apart.kind !== 'explored') throw new Error(JSON.stringify(apart));
  if (metTogetherAlone.has(name)) expect(verdictOf(apart.exploration)).toBe('passed');
  else if (metApartAlone.has(name)) expect(verdictOf(apart.exploration)).toBe('failed exception');
  else expect(compared(apart.exploration)).toEqual(compared(together));

  if (!graded.has(name)) return;
  const lab = new AsyncLab({ folder, lab: 'lab.ts', files: learners, spares });
  onTestFinished(() => lab.close());
  const verdict = await lab.explore(file, bounds);
  if (verdict.kind !== 'explored-tasks') throw new Error(JSON.stringify(verdict));
  expect(verdict.isFoundApart).toBe(metApartAlone.has(name));
  expect(compared(verdict.exploration)).toEqual(compared(metApartAlone.has(name) ? apart.exploration : together));
});

/** Without what hangs on where the files lie and on which orders were tried first. */
function compared(exploration: AsyncExploration): unknown {
  switch (exploration.kind) {
    case 'unsupported':
      return { ...exploration, file: exploration.file.replace(/^.*\//, '') };
    case 'passed':
      // Where a search gives up, others of its batch were not begun or were through.
      return exploration.bound === undefined
        ? { ...exploration, effort: { ...exploration.effort, ms: 0 } }
        : { bound: exploration.bound };
    case 'failed': {
      const { order, steps, standings, ...rest } = exploration.failure;
      const lines = steps.map((step) => ({ ...step, places: step.places.slice(0, 1).map(({ line }) => line) }));
      return { order: order.length, lines, kinds: standings.map(({ kind }) => kind), ...rest };
    }
  }
}

test('an export that the scenario asks for and the module lacks', async () => {
  const folder = join(labs, 'mutex');
  const files = new Map([['lab.ts', new TextEncoder().encode('export class Lock {}\n')]]);
  const lab = new AsyncLab({ folder, lab: 'lab.ts', files });
  onTestFinished(() => lab.close());
  expect(await lab.explore(join(folder, 'scenario.ts'))).toEqual({
    kind: 'missing-export',
    name: 'Mutex',
    exports: ['Lock'],
  });
});
