// The model checker SPIN on models of the same programs, written by hand (spin/*.pml): its states, and the time from the
// command to the verdict. It and a compiler of C have to be there: Debian has them as `spin` and `gcc`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface SpinCost {
  /** of the scenario, too */
  readonly name: string;
  readonly states: number;
  /** one for each round: generating the verifier, compiling it, running it */
  readonly wholeMs: readonly number[];
}

const models = ['peterson', 'bounded-buffer', 'philosophers-five-ordered'];
const mostRounds = 3;

/** @returns what is missing, instead */
export function measureSpin(rounds: number): SpinCost[] | string {
  const missing = [['spin', '-V'] as const, ['gcc', '--version'] as const].find(
    ([command, option]) => spawnSync(command, [option]).status !== 0,
  );
  if (missing) return missing[0];
  return models.map((name) => {
    const costs = Array.from({ length: Math.min(rounds, mostRounds) }, () => verify(name));
    return { name, states: costs[0]?.states ?? 0, wholeMs: costs.map(({ ms }) => ms) };
  });
}

function verify(name: string): { states: number; ms: number } {
  const folder = mkdtempSync(join(tmpdir(), 'interleave-spin-'));
  const model = fileURLToPath(new URL(`spin/${name}.pml`, import.meta.url));
  const run = (command: string, ...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr || stdout}`);
    return stdout;
  };
  try {
    const start = performance.now();
    run('spin', '-a', model);
    // Every state, as the explorer visits them.
    run('gcc', '-O2', '-DSAFETY', '-DNOREDUCE', '-o', 'pan', 'pan.c');
    const said = run(join(folder, 'pan'), '-m1000000');
    const ms = performance.now() - start;
    const [, errors] = /errors: (\d+)/.exec(said) ?? [];
    const [, states] = /(\d+) states, stored/.exec(said) ?? [];
    if (errors !== '0' || !states) throw new Error(`${name}: ${said}`);
    return { states: Number(states), ms };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
