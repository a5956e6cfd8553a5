// Runs a drill's program for real, with Node alone and nothing of ours in it: what it prints is the truth. It knows
// nothing of what was expected.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

export interface RealRun {
  readonly lines: readonly string[];
  /** how it ended, as a sentence; '' when it ended as it should */
  readonly problem: string;
}

export interface RunOptions {
  readonly env: NodeJS.ProcessEnv;
  /** ends it */
  readonly signal?: AbortSignal;
  /** the Node to run it */
  readonly node?: string;
}

/** A drill takes some 50 ms; a machine with everything else to do has a hundred times as long. */
const limitMs = 30_000;

/** Puts a text into a folder of its own for as long as somebody uses it. */
export async function withProgramFile<Result>(
  { fileName, text }: { readonly fileName: string; readonly text: string },
  use: (file: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'interleave-drill-'));
  try {
    const file = join(folder, fileName);
    await writeFile(file, text);
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Runs a file to its end. */
export async function runReally(file: string, { env, signal, node = process.execPath }: RunOptions): Promise<RealRun> {
  const child = spawn(node, [file], {
    // NODE_OPTIONS may load what changes the order: with --import, say, every script is run by a microtask.
    env: { ...env, NODE_OPTIONS: undefined, NODE_V8_COVERAGE: undefined, NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limitMs,
    killSignal: 'SIGKILL',
    ...(signal ? { signal } : {}),
  });
  return await endOf(child);
}

async function endOf(child: ChildProcess): Promise<RealRun> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const problem = await new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(`It could not be run (${error.message}).`));
    child.on('close', (code, killedBy) =>
      resolve(code === 0 ? '' : `It ended with ${killedBy ?? `exit code ${code}`}. ${stderr}`.trim()),
    );
  });
  return { lines: stdout.split('\n').slice(0, -1), problem };
}
