// The scenarios of test/fixtures/explored/threads, each with the verdict that its first lines say, on the whole way that a
// learner's scenario goes; and that a second run says the same, step by step and state by state.
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { Exploration } from '../../runner/explorer/engine/verdict.ts';
import { exploreHere } from './explore-here.ts';
import { WarmGuest } from './warm-guest.ts';

const folder = fileURLToPath(new URL('../fixtures/explored/threads/', import.meta.url));
const files = globSync('*.ts', { cwd: folder })
  .toSorted()
  .map((name) => join(folder, name));
const helpers = globSync('shared/*.ts', { cwd: folder }).map((name) => join(folder, name));
const guest = new WarmGuest([...files, ...helpers]);

/** Loops without an access: only a process of their own can be stopped. */
const hanging = new Set(['spins-on-a-copy']);
/** What takes longer is not explored twice: states, and runs of the threads' code. */
const most = { states: 5_000, runs: 150 };

afterAll(() => guest.close());

test('the corpus is there', () => {
  expect(files.length).toBeGreaterThanOrEqual(60);
});

test.for(files.map((file) => [basename(file, '.ts'), file] as const))('%s', async ([name, file]) => {
  const header = headerOf(file);
  const exploration = await guest.explore(file);
  expect(saidOf(exploration)).toBe(header.verdict);
  if (exploration.kind !== 'failed') {
    if (exploration.kind === 'passed') expect(exploration.bound).toBeUndefined();
  } else {
    const { preemptions, steps, repeatsFrom } = exploration.failure;
    if (header.preemptions !== undefined) expect(preemptions).toBe(header.preemptions);
    if (header.steps !== undefined) expect([steps.length, repeatsFrom]).toContain(header.steps);
  }
  // In a realm of this process, a run that has nothing in common with the first.
  const isShort =
    'effort' in exploration && exploration.effort.states < most.states && exploration.effort.runs < most.runs;
  if (!hanging.has(name) && isShort) expect(essence(await exploreHere(file))).toEqual(essence(exploration));
});

test.for(['lost-update-plain', 'after-you', 'peterson-plain', 'semaphore-notify-from-zero-only'])(
  '%s is the same in 20 runs',
  async (name) => {
    const file = join(folder, `${name}.ts`);
    const first = essence(await exploreHere(file));
    for (let run = 1; run < 20; run += 1) expect(essence(await exploreHere(file))).toEqual(first);
  },
);

interface Header {
  readonly verdict: string;
  readonly preemptions: number | undefined;
  readonly steps: number | undefined;
}

function headerOf(file: string): Header {
  const text = readFileSync(file, 'utf8');
  const field = (name: string): string | undefined => new RegExp(`^// ${name}: (.+)$`, 'm').exec(text)?.[1];
  const number = (name: string): number | undefined => {
    const said = field(name);
    return said === undefined ? undefined : Number(said);
  };
  return { verdict: field('verdict') ?? '', preemptions: number('preemptions'), steps: number('steps') };
}

function saidOf(exploration: Exploration | { readonly kind: 'unusable' }): string {
  return exploration.kind === 'failed' ? `failed ${exploration.failure.kind}` : exploration.kind;
}

/** All but the time that it took and where the files lie. */
function essence(exploration: Exploration | { readonly kind: 'unusable' }): unknown {
  if (exploration.kind === 'unusable' || exploration.kind === 'unsupported') return exploration;
  const { states, runs } = exploration.effort;
  return JSON.parse(
    JSON.stringify({ ...exploration, effort: { states, runs } }, (key, value: unknown) =>
      key === 'file' ? basename(String(value)) : typeof value === 'bigint' ? `${value}n` : value,
    ),
  );
}
