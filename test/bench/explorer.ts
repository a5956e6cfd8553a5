// How fast the explorer comes to a verdict: whole processes, from the start to the result; and once warm, as in `watch`.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { WarmGuest } from '../explorer/warm-guest.ts';
import type { ExplorerOnce } from './explorer-once.ts';

export interface ExplorerCost {
  readonly name: string;
  readonly verdict: string;
  readonly states: number;
  /** the median of the search alone */
  readonly searchMs: number;
  /** of whole processes, one for each round */
  readonly wholeMs: readonly number[];
  readonly peakMiB: number;
  /** what is promised of a whole process */
  readonly limitMs: number | undefined;
  readonly limitMiB: number | undefined;
}

export interface ExplorerCosts {
  readonly programs: readonly ExplorerCost[];
  /** two threads that lose an update, once all is warm: one for each round */
  readonly warmMs: readonly number[];
}

interface Program {
  readonly name: string;
  readonly verdict: string;
  readonly limitMs?: number;
  readonly limitMiB?: number;
}

const aSecond = 1_000;
export const warmLimitMs = 100;
const programs: readonly Program[] = [
  { name: 'lost-update-plain', verdict: 'assertion', limitMs: aSecond },
  { name: 'futex-taken-as-one', verdict: 'deadlock', limitMs: aSecond },
  { name: 'philosophers', verdict: 'deadlock', limitMs: aSecond },
  { name: 'bounded-buffer-if', verdict: 'invariant', limitMs: aSecond },
  { name: 'after-you', verdict: 'livelock', limitMs: aSecond },
  { name: 'peterson-plain', verdict: 'race', limitMs: aSecond },
  { name: 'peterson', verdict: 'passed' },
  { name: 'semaphore', verdict: 'passed' },
  { name: 'bounded-buffer', verdict: 'passed', limitMs: 1_500 },
  { name: 'philosophers-five-ordered', verdict: 'passed', limitMs: 6_000, limitMiB: 1_024 },
];
/** What takes seconds is not measured more often. */
const mostRounds = 5;

function scenarioFile(name: string): string {
  return fileURLToPath(new URL(`../fixtures/explored/threads/${name}.ts`, import.meta.url));
}

/** @param onRound called after each round, for progress */
export async function measureExplorer(
  rounds: number,
  onRound: (done: number) => void = () => {},
): Promise<ExplorerCosts> {
  const count = Math.min(rounds, mostRounds);
  const runs = programs.map((program) => ({ program, whole: [] as number[], once: [] as ExplorerOnce[] }));
  // The first one fills the cache of compiled modules and is not counted.
  for (let round = -1; round < count; round += 1) {
    for (const { program, whole, once } of runs) {
      if (round < 0 && program !== programs[0]) continue;
      const start = performance.now();
      const result = await exploreOnce(program.name);
      if (result.verdict !== program.verdict) throw new Error(`${program.name} comes to ${result.verdict}`);
      if (round < 0) continue;
      whole.push(performance.now() - start);
      once.push(result);
    }
    if (round >= 0) onRound(Math.round(((round + 1) / count) * rounds));
  }
  return {
    programs: runs.map(({ program, whole, once }) => ({
      name: program.name,
      verdict: program.verdict,
      states: once[0]?.states ?? 0,
      searchMs: median(once.map(({ searchMs }) => searchMs)),
      wholeMs: whole,
      peakMiB: Math.max(...once.map(({ peakMiB }) => peakMiB)),
      limitMs: program.limitMs,
      limitMiB: program.limitMiB,
    })),
    warmMs: await measureWarm(rounds),
  };
}

async function exploreOnce(name: string): Promise<ExplorerOnce> {
  const main = fileURLToPath(new URL('explorer-once.ts', import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, scenarioFile(name)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(await text(child.stdout)) as ExplorerOnce;
}

async function measureWarm(rounds: number): Promise<number[]> {
  const file = scenarioFile('lost-update-plain');
  const guest = new WarmGuest([file]);
  const samples: number[] = [];
  try {
    for (let round = -2; round < rounds; round += 1) {
      const start = performance.now();
      const exploration = await guest.explore(file);
      if (exploration.kind !== 'failed') throw new Error('no update was lost');
      if (round >= 0) samples.push(performance.now() - start);
    }
  } finally {
    await guest.close();
  }
  return samples;
}

function median(samples: readonly number[]): number {
  return [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN;
}
