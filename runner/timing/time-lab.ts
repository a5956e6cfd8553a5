// Times a lab in a process of its own, beside whatever shows something: what comes from learner code is never decoded in
// the process that has the terminal.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CourseError } from '../course/course-error.ts';
import { clearOrphans } from '../subject/orphans.ts';
import type { LabTiming, LabTimingRequest } from './lab-timing.ts';

export type FromTiming =
  | { readonly t: 'round' }
  /** last, one of these two */
  | { readonly t: 'done'; readonly timing: LabTiming }
  | { readonly t: 'problem'; readonly message: string; readonly next: string };

const entry = fileURLToPath(new URL('./lab-timing-main.ts', import.meta.url));
/** Whoever says nothing for so long has got stuck at what a subject has answered. */
const silenceMs = 30_000;
/** After being told to end it may clear away for so long. */
const clearingMs = 2_000;

/**
 * @returns what was found; undefined when the signal ended it first
 * @throws CourseError when the lab is broken
 */
export async function timeLab(request: LabTimingRequest, signal?: AbortSignal): Promise<LabTiming | undefined> {
  if (signal?.aborted) return undefined;
  const child = fork(entry, {
    // A signal must not open an inspector in a process that is trusted. Its output must not mix with a document on our stdout.
    execArgv: ['--disable-sigusr1', '--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
    stdio: ['ignore', 2, 2, 'ipc'],
    // Ctrl-C is for us.
    detached: true,
  });
  let last: FromTiming | undefined;
  let timer: NodeJS.Timeout | undefined;
  const killIn = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => child.kill('SIGKILL'), ms);
  };
  const end = (): void => {
    if (child.connected) child.disconnect();
    killIn(clearingMs);
  };
  child.on('message', (message: FromTiming) => {
    last = message;
    killIn(silenceMs);
  });
  signal?.addEventListener('abort', end, { once: true });
  killIn(silenceMs);
  try {
    const code = await new Promise<number | null>((resolve) => {
      child.on('error', () => resolve(null));
      child.on('exit', resolve);
      child.send(request, () => {});
    });
    if (signal?.aborted) return undefined;
    if (last?.t === 'done') return last.timing;
    if (last?.t === 'problem') throw new CourseError(last.message, last.next);
    return { kind: 'unfinished', why: `The process that measures ended before its time (${code ?? 'killed'}).` };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
    if (last?.t !== 'done') clearOrphans();
  }
}
