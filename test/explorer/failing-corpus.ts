// The scenarios of the corpus that fail, and each one's schedule on real threads: explored, written as a token, read again,
// followed in lock-step.
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exploreFile } from '../../runner/explorer/explore-file.ts';
import { replayOnThreads, type ThreadsReplay } from '../../runner/explorer/real-threads/replay-on-threads.ts';
import { readToken, writeToken } from '../../runner/explorer/engine/schedule.ts';
import type { Failure } from '../../runner/explorer/engine/verdict.ts';

const folder = fileURLToPath(new URL('../fixtures/explored/threads/', import.meta.url));

export interface FailingScenario {
  readonly name: string;
  readonly file: string;
  /** as the file itself says it */
  readonly kind: string;
}

/** In alphabetical order. */
export function failingScenarios(): FailingScenario[] {
  return globSync('*.ts', { cwd: folder })
    .toSorted()
    .flatMap((path) => {
      const file = join(folder, path);
      const [, kind] = /^\/\/ verdict: failed (\w+)/m.exec(readFileSync(file, 'utf8')) ?? [];
      return kind ? [{ name: basename(path, '.ts'), file, kind }] : [];
    });
}

/** The shortest failure of a scenario, and what real threads make of its schedule. */
export async function foundAndReplayed(
  file: string,
): Promise<{ failure: Failure; token: string; replay: ThreadsReplay }> {
  // In a process of its own: some threads never come to their next access.
  const explored = await exploreFile(file);
  if (explored.kind !== 'explored' || explored.exploration.kind !== 'failed')
    throw new Error(`the explorer finds no failure: ${saysOf(explored)}`);
  const { exploration, scenario } = explored;
  const { failure, memory } = exploration;
  const text = writeToken({ ...failure, memory, digest: scenario.digest });
  const token = readToken(text);
  if (!token) throw new Error(`${file}: ${text} cannot be read`);
  return { failure, token: text, replay: await replayOnThreads(file, token, { expected: failure }) };
}

/** What is not the same on real threads, or undefined. */
export function differenceIn(replay: ThreadsReplay, kind: string): string | undefined {
  if (replay.kind !== 'replayed') return JSON.stringify(replay);
  if (replay.difference !== undefined) return replay.difference;
  const found = replay.conducted.failure?.kind;
  return found === kind ? undefined : `it is ${found}, not ${kind}`;
}

function saysOf(explored: Awaited<ReturnType<typeof exploreFile>>): string {
  if (explored.kind !== 'explored') return explored.kind;
  const { exploration } = explored;
  return exploration.kind === 'unsupported' ? exploration.reason : exploration.kind;
}
