// Async scenarios whose verdict is known, and the same order each time.
import { expect, test } from 'vitest';
import { asyncCorpus, asyncExplorer, filesBelow, header, verdictOf } from './async-explored.ts';

const files = filesBelow(asyncCorpus);
const explore = asyncExplorer(files);
const scenarios = [...files.keys()].filter((name) => !name.includes('/'));

test.each(scenarios)('%s', async (name) => {
  const text = new TextDecoder().decode(files.get(name));
  const exploration = await explore(name);
  expect(verdictOf(exploration)).toBe(header(text, 'verdict'));
  if (exploration.kind === 'unsupported') return;
  expect(exploration.bound).toBe(header(text, 'bound'));
  if (exploration.kind !== 'failed') return;
  const { failure } = exploration;
  expect(failure.isMinimal).toBe(exploration.bound === undefined);
  const preemptions = header(text, 'preemptions');
  if (preemptions !== undefined) expect(failure.preemptions).toBe(Number(preemptions));
  for (const step of failure.steps) if (step.kind !== 'start') expect(step.places[0]?.file).toMatch(/\.ts$/);
});

test('the corpus is there', () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(48);
});

test.each(['bank-transfer.ts', 'two-mutexes-opposite.ts', 'time-out-does-not-stop.ts', 'mutex-with-finally.ts'])(
  '%s: the same order, values and counts twenty times',
  async (name) => {
    const first = untimed(await explore(name));
    for (let run = 1; run < 20; run += 1) expect(untimed(await explore(name))).toEqual(first);
  },
);

function untimed(exploration: Awaited<ReturnType<typeof explore>>): unknown {
  return exploration.kind === 'unsupported'
    ? exploration
    : { ...exploration, effort: { ...exploration.effort, ms: 0 } };
}
