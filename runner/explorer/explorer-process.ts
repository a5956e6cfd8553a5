// An exploration from outside: the process that does it is started, listened to, and in any case gone at the end with all
// that it started.
import { fork } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Ending, Place } from '../subject/endings.ts';
import { startFairClock } from '../subject/fair-clock.ts';
import { signalGroup } from '../subject/process-group.ts';
import { ownedEnvironment } from '../subject/owned-environment.ts';
import { whereItStands } from '../subject/stack-sampler.ts';
import { attempted } from './thrown-text.ts';
import type { ExploredTasks } from './async/explore-async-file.ts';
import type { TaskSchedule } from './async/task-token.ts';
import type { Options } from './engine/options.ts';
import type { ExploredFile } from './explore-file.ts';
import { Layout, type NamedView } from './engine/layout.ts';
import type { Unusable } from './scenario.ts';
import type { Schedule } from './engine/schedule.ts';
import type { Exploration } from './engine/verdict.ts';

export interface ExplorerOrder {
  /** absolute */
  readonly file: string;
  readonly options: Partial<Options>;
  readonly follow?: Schedule;
  /** the same for a scenario of async tasks */
  readonly followTasks?: TaskSchedule;
}

export type FromExplorer =
  | { readonly kind: 'beat'; readonly states: number }
  | Unusable
  | ExploredTasks
  | { readonly kind: 'guest-ended'; readonly ending: Ending }
  | {
      readonly kind: 'explored';
      readonly threads: number;
      readonly views: readonly NamedView[];
      readonly files: readonly string[];
      readonly digest: string;
      readonly exploration: Exploration;
    };

export type ExplorerEnding =
  | ExploredFile
  | ExploredTasks
  | Unusable
  /** the threads' process ended in a way that is no verdict: it filled the memory, it was killed */
  | { readonly kind: 'guest-ended'; readonly ending: Ending }
  /** `setup`, `invariant` or `final` does not come back */
  | { readonly kind: 'silent'; readonly at: Place | undefined }
  | { readonly kind: 'crashed'; readonly how: string }
  | { readonly kind: 'cancelled' };

export interface ExplorerRequest extends ExplorerOrder {
  readonly signal?: AbortSignal;
  readonly onProgress?: (states: number) => void;
  /** what the author's code prints */
  readonly onOutput?: (text: string) => void;
}

const entry = fileURLToPath(new URL('./explorer-main.ts', import.meta.url));
/** Fair milliseconds without a sign of life, more than any part of a search takes. */
const silenceMs = 8_000;
const lookEveryMs = 250;
const samplingMs = 700;

/** Resolves when the process and all that it started are gone. */
export async function runExplorer(request: ExplorerRequest): Promise<ExplorerEnding> {
  const { file, options, follow, followTasks, signal, onProgress, onOutput } = request;
  if (signal?.aborted) return { kind: 'cancelled' };
  const order: ExplorerOrder = { file, options, ...(follow && { follow }), ...(followTasks && { followTasks }) };
  const child = fork(entry, [JSON.stringify(order)], {
    execArgv: ['--inspect-port=127.0.0.1:0', '--disable-warning=ExperimentalWarning'],
    // Values of memory may be bigints, or no numbers.
    serialization: 'advanced',
    env: ownedEnvironment(),
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const kill = (): void => signalGroup(child, 'SIGKILL');
  let ending: ExplorerEnding | undefined;
  let clock = startFairClock(child.pid ?? 0);
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => onOutput?.(text));
  child.stderr?.on('data', (bytes: Buffer) => {
    stderr = (stderr + bytes.toString()).slice(-2_000);
  });
  child.on('message', (message: FromExplorer) => {
    clock = startFairClock(child.pid ?? 0);
    // The scenario's own code shares the channel, and may say anything.
    const said = attempted(() => (message.kind === 'explored' ? explored(message) : message));
    if (said?.kind === 'beat') onProgress?.(said.states);
    else ending ??= said ?? { kind: 'crashed', how: 'it said what makes no sense' };
  });
  const look = setInterval(() => {
    if (ending || clock.elapsedMs() < silenceMs || !child.stderr) return;
    clearInterval(look);
    void whereItStands(child.pid ?? 0, child.stderr, dirname(file), samplingMs).then(({ main }) => {
      ending ??= { kind: 'silent', at: main.at };
      kill();
    });
  }, lookEveryMs);
  const cancel = (): void => {
    ending ??= { kind: 'cancelled' };
    kill();
  };
  process.once('exit', kill);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await new Promise<ExplorerEnding>((resolve) => {
      child.on('exit', kill);
      child.on('error', (error) => resolve({ kind: 'crashed', how: error.message }));
      child.on('close', (code, killedBy) =>
        resolve(ending ?? { kind: 'crashed', how: stderr || `it ended with ${killedBy ?? `code ${code}`}` }),
      );
    });
  } finally {
    clearInterval(look);
    process.removeListener('exit', kill);
    signal?.removeEventListener('abort', cancel);
  }
}

function explored(message: Extract<FromExplorer, { kind: 'explored' }>): ExploredFile {
  const { threads, views, files, digest, exploration } = message;
  return {
    kind: 'explored',
    scenario: { kind: 'threads', threads, layout: Layout.named(views), files, digest },
    exploration,
  };
}
