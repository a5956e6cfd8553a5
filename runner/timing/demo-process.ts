// The process of a demo from outside: started in a group of its own, listened to, stopped, and in any case gone at the
// end with whatever it started.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { signalGroup } from '../subject/process-group.ts';
import type { Pace } from './budget.ts';
import type { FromDemo, ToDemo } from './wire.ts';

/** How the process ended. */
export type DemoEnding =
  | { readonly kind: 'done' }
  | (Extract<FromDemo, { t: 'problem' }> & { readonly kind: 'problem' })
  /** it was asked to stop, and did not in time */
  | { readonly kind: 'killed' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'crashed'; readonly how: string };

export interface DemoProcess {
  readonly file: string;
  readonly pace: Pace;
  readonly signal?: AbortSignal | undefined;
  /** whoever says nothing for so long has got stuck */
  readonly silenceMs: number;
  readonly onMessage: (message: FromDemo) => void;
  /** what it prints, which is shown to nobody while it is measured */
  readonly onOutput: (text: string) => void;
}

const entry = fileURLToPath(new URL('./demo-main.ts', import.meta.url));
/** After being asked to stop it may finish its round for so long. */
const stopMs = 2_000;

/** Resolves when the process and all that it started are gone. */
export async function runDemoProcess(demo: DemoProcess): Promise<DemoEnding> {
  const { file, pace, signal, silenceMs, onMessage, onOutput } = demo;
  if (signal?.aborted) return { kind: 'killed' };
  const child = fork(entry, [file, pace], {
    // Memory can only be measured after collecting what is not needed any more.
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    // Ranges may be endless, which JSON cannot say.
    serialization: 'advanced',
    // Its own group: Ctrl-C is for us, and what it started is found by the group.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const kill = () => signalGroup(child, 'SIGKILL');
  const ask = () => {
    if (child.connected) child.send({ t: 'stop' } satisfies ToDemo);
    end ??= { kind: 'killed' };
    deadline(stopMs);
  };
  let end: DemoEnding | undefined;
  let timer: NodeJS.Timeout | undefined;
  const deadline = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      end ??= { kind: 'silent' };
      kill();
    }, ms);
  };
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', onOutput);
  child.on('message', (message: FromDemo) => {
    if (message.t === 'done') end = { kind: 'done' };
    else if (message.t === 'problem') end = { kind: 'problem', ...message };
    else if (!signal?.aborted) deadline(silenceMs);
    onMessage(message);
  });
  // Ours may end at any moment (nobody reads its output any more); a busy child would not notice.
  process.once('exit', kill);
  signal?.addEventListener('abort', ask, { once: true });
  deadline(silenceMs);
  try {
    return await new Promise<DemoEnding>((resolve) => {
      // What it leaves behind may hold its pipes open, which would keep us waiting for the end of its output.
      child.on('exit', kill);
      child.on('error', (error) => resolve({ kind: 'crashed', how: error.message }));
      child.on('close', (code, killedBy) => resolve(end ?? { kind: 'crashed', how: killedBy ?? `code ${code}` }));
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', ask);
    process.removeListener('exit', kill);
    kill();
  }
}
