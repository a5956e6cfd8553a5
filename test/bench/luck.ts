// How often real threads that run free meet a bug which a search finds at once.
import { join } from 'node:path';
import { courseRoot } from '../../runner/course/paths.ts';
import { runExplorer } from '../../runner/explorer/explorer-process.ts';
import { byLuck, hitsOf } from '../../runner/explorer/real-threads/by-luck.ts';

export interface LuckyBug {
  readonly name: string;
  /** in which the search found it */
  readonly states: number;
  readonly rounds: number;
  readonly hits: number;
}

export const luckSeconds = 3;
const folder = join(courseRoot, 'test/fixtures/explored/threads');
const names = ['lost-update-load-store', 'test-then-set', 'condition-if', 'bounded-buffer-one-condition'];

/** @param onBug called after each of them, for progress */
export async function measureLuck(onBug: (done: number) => void = () => {}): Promise<LuckyBug[]> {
  const bugs: LuckyBug[] = [];
  for (const name of names) {
    const file = join(folder, `${name}.ts`);
    const ending = await runExplorer({ file, options: {} });
    if (ending.kind !== 'explored' || ending.exploration.kind !== 'failed')
      throw new Error(`${name}: the explorer found no failure (${ending.kind})`);
    const luck = await byLuck(file, { seconds: luckSeconds });
    if (luck.kind !== 'tried') throw new Error(`${name}: no threads could be let run (${luck.kind})`);
    bugs.push({ name, states: ending.exploration.effort.states, rounds: luck.rounds, hits: hitsOf(luck) });
    onBug(bugs.length);
  }
  return bugs;
}
