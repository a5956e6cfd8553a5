// A program of 10,000 callbacks: how long it takes by itself, and how long until its trace is there. In turn, in random order.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { courseRoot } from '../../runner/course/paths.ts';
import { traceProgram } from '../../runner/tracer/trace-program.ts';

export interface TraceCost {
  readonly name: string;
  /** milliseconds, one for each round */
  readonly untraced: readonly number[];
  readonly traced: readonly number[];
}

const folder = join(courseRoot, 'test/fixtures/bench');
const programs = ['ten-thousand-callbacks.cjs', 'ten-thousand-waits.mjs'];
const fewest = 10_000;
const limitMs = 60_000;

/** @param onRound called after each round, for progress */
export async function measureTraceCost(
  rounds: number,
  onRound: (done: number) => void = () => {},
): Promise<TraceCost[]> {
  const costs = programs.map((name) => ({ name, untraced: [] as number[], traced: [] as number[] }));
  // The first one fills the cache of compiled modules and is not counted.
  for (let round = -1; round < rounds; round++) {
    for (const { name, untraced, traced } of costs) {
      const file = join(folder, name);
      const turns = [
        async () => {
          const start = performance.now();
          await once(spawn(process.execPath, [file], { stdio: 'ignore' }), 'exit');
          untraced.push(performance.now() - start);
        },
        async () => {
          const start = performance.now();
          const { trace } = await traceProgram({ file, cwd: folder, env: process.env, limitMs });
          traced.push(performance.now() - start);
          if (trace.events.length < fewest) throw new Error(`${name}: only ${trace.events.length} callbacks were seen`);
        },
      ];
      if (Math.random() < 0.5) turns.reverse();
      for (const turn of turns) await turn();
    }
    if (round < 0) for (const { untraced, traced } of costs) untraced.length = traced.length = 0;
    else onRound(round + 1);
  }
  return costs;
}
