// From the start of the program to its first lines and to its first prompt, at a terminal, against a Node that does
// nothing (`node -e 0`, from start to exit). Started by the Node that runs this, past npm, with a warm compile cache. The
// contenders take turns in random order within each round.
import { spawn, type IPty } from '@lydell/node-pty';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { courseRoot } from '../../runner/course/paths.ts';

export interface FirstScreen {
  readonly name: string;
  /** milliseconds, one for each round */
  readonly samples: readonly number[];
}

/** Before these nothing is counted: the compile cache fills. */
const warmUps = 3;

/** The keys of the map stand below it, so they come last. */
const prompt = /q quit|q leave/;

/** @param onRound called after each round, for progress */
export async function measureFirstScreen(
  rounds: number,
  onRound: (done: number) => void = () => {},
): Promise<FirstScreen[]> {
  const home = mkdtempSync(join(tmpdir(), 'learner-'));
  const [nothing, paint, asking]: [number[], number[], number[]] = [[], [], []];
  try {
    for (let round = -warmUps; round < rounds; round++) {
      const turns = [
        async () => nothing.push(await doNothing(home)),
        async () => {
          const seen = await startTutor(home);
          paint.push(seen.paint);
          asking.push(seen.prompt);
        },
      ];
      if (Math.random() < 0.5) turns.reverse();
      for (const turn of turns) await turn();
      if (round < 0) for (const samples of [nothing, paint, asking]) samples.length = 0;
      else onRound(round + 1);
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  return [
    { name: 'node -e 0', samples: nothing },
    { name: 'first paint', samples: paint },
    { name: 'first prompt', samples: asking },
  ];
}

async function doNothing(home: string): Promise<number> {
  const start = performance.now();
  const node = open(['-e', '0'], home);
  await new Promise<void>((resolve) => node.onExit(() => resolve()));
  return performance.now() - start;
}

async function startTutor(home: string): Promise<{ paint: number; prompt: number }> {
  const start = performance.now();
  const tutor = open([join(courseRoot, 'runner/launch.mjs')], home);
  const gone = new Promise<void>((resolve) => tutor.onExit(() => resolve()));
  let text = '';
  let paint: number | undefined;
  const seen = await new Promise<{ paint: number; prompt: number }>((resolve, reject) => {
    tutor.onData((data) => {
      paint ??= performance.now() - start;
      text += data;
      if (prompt.test(text)) resolve({ paint, prompt: performance.now() - start });
    });
    tutor.onExit(() => reject(new Error(`the tutor ended before its prompt:\n${text}`)));
  });
  // Not killed: the compile cache is written at the exit.
  tutor.write('q');
  await gone;
  return seen;
}

function open(args: string[], home: string): IPty {
  const env: Record<string, string> = { INTERLEAVE_HOME: home, TERM: 'xterm-256color' };
  for (const name of ['PATH', 'HOME', 'TMPDIR']) if (process.env[name] !== undefined) env[name] = process.env[name];
  return spawn(process.execPath, args, { cols: 80, rows: 24, cwd: courseRoot, env });
}
