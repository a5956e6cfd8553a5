// A scenario with the learner's module beside it, and with that module in a process of its own: the same verdict, the same
// counterexample, as many orders.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AsyncLab } from '../../runner/explorer/async/explore-async-lab.ts';
import type { AsyncExploration } from '../../runner/explorer/async/verdict.ts';
import { courseRoot } from '../../runner/course/paths.ts';
import { asyncExplorer, filesBelow, header, verdictOf } from './async-explored.ts';

const labs = join(courseRoot, 'test/fixtures/explored/async-labs');
const explore = asyncExplorer(filesBelow(labs));

test.each(readdirSync(labs))('%s', async (name) => {
  const folder = join(labs, name);
  const file = join(folder, 'scenario.ts');
  const lab = new AsyncLab({
    folder,
    lab: 'lab.ts',
    files: new Map([['lab.ts', readFileSync(join(folder, 'lab.ts'))]]),
  });
  onTestFinished(() => lab.close());
  const bounds = { mostOperations: 100, mostVainRounds: 3 };
  const graded = await lab.explore(file, bounds);
  if (graded.kind !== 'explored-tasks') throw new Error(JSON.stringify(graded));
  const text = readFileSync(file, 'utf8');
  expect(verdictOf(graded.exploration)).toBe(header(text, 'verdict'));
  if (graded.exploration.kind === 'passed') expect(graded.exploration.bound).toBe(header(text, 'bound'));
  const preemptions = header(text, 'preemptions');
  if (preemptions !== undefined && graded.exploration.kind === 'failed')
    expect(graded.exploration.failure.preemptions).toBe(Number(preemptions));
  expect(compared(graded.exploration)).toEqual(compared(await explore(`${name}/scenario.ts`, bounds)));
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
