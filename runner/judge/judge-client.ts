// The way to the judge's process from everything that shows something: starts it, asks it, and starts it again
// should it ever die. Both ends of this channel are ours; no byte of a learner's program travels on it unparsed.
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CourseError } from '../course/course-error.ts';
import { clearOrphans } from '../subject/orphans.ts';
import type { Layer } from '../subject/submission.ts';
import type { TestNews, Verdict } from './verdict.ts';

/** What is to be judged, as data. */
export interface JudgeRequest {
  /** `11-threads/1-start-and-join` */
  readonly lab: string;
  /** the folder of the labs, when it is not the course's own */
  readonly labsRoot?: string | undefined;
  readonly layers: readonly Layer[];
  /** what the learner calls the place of the files */
  readonly shown: string;
  readonly seed?: string | undefined;
  readonly inspect?: boolean | undefined;
}

export type ToJudge =
  | { readonly t: 'judge'; readonly id: number; readonly request: JudgeRequest }
  | { readonly t: 'cancel'; readonly id: number }
  /** Are you there? */
  | { readonly t: 'ping' };

export type FromJudge =
  | { readonly t: 'pong' }
  | { readonly t: 'test'; readonly id: number; readonly news: TestNews }
  | { readonly t: 'verdict'; readonly id: number; readonly verdict: Verdict | undefined }
  | {
      readonly t: 'problem';
      readonly id: number;
      readonly message: string;
      readonly next: string;
      readonly exitCode: 2 | 3;
    };

export interface JudgeOptions {
  readonly signal?: AbortSignal;
  /** called as each test begins and ends */
  readonly onTest?: (news: TestNews) => void;
}

export interface JudgeClient {
  /**
   * @returns the verdict, or undefined when the signal cancelled it
   * @throws CourseError when the lab is broken, or the judge died
   */
  judge(request: JudgeRequest, options?: JudgeOptions): Promise<Verdict | undefined>;
  /** Resolves when the judge and all that it started are gone. */
  close(): Promise<void>;
}

const entry = fileURLToPath(new URL('./judge-main.ts', import.meta.url));

/**
 * A judge that leaves this many questions in a row without an answer is ended: what learner code answered keeps a
 * suite busy for ever, or a signal of its has stopped the process. Only questions that were asked count, not the time
 * in which this computer slept.
 */
const mostUnanswered = 15;

export interface JudgeClientOptions {
  /** how often a judge that has something to do is asked whether it is there */
  readonly askEveryMs?: number;
}

interface Waiting {
  readonly child: ChildProcess;
  readonly resolve: (verdict: Verdict | undefined) => void;
  readonly reject: (error: Error) => void;
  readonly onTest: JudgeOptions['onTest'];
}

/** Starts a judge at once, so that it is warm when it is first asked. */
export function startJudge({ askEveryMs = 1_000 }: JudgeClientOptions = {}): JudgeClient {
  const pending = new Map<number, Waiting>();
  let lastId = 0;
  let isClosed = false;
  let unanswered = 0;
  let hasAnswered = false;
  let child = start();
  const asking = setInterval(ask, askEveryMs).unref();

  function start(): ChildProcess {
    unanswered = 0;
    hasAnswered = false;
    // A signal must not open an inspector in the process that is trusted. Its output must not mix with a document on our stdout.
    const started = fork(entry, {
      execArgv: ['--disable-sigusr1', '--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 2, 2, 'ipc'],
      // Out of reach of the terminal's Ctrl-C, which may come before any handler is set: what it means is for us to decide.
      detached: true,
    });
    started.on('message', (message: FromJudge) => onMessage(message));
    started.on('error', () => {});
    started.on('exit', (code, signal) => {
      const isStuck = started === child && unanswered >= mostUnanswered;
      const happened = isStuck
        ? 'The judge did not answer any more and was ended'
        : `The judge ended unexpectedly (${signal ?? `code ${code}`})`;
      const error = new CourseError(
        `${happened}.`,
        'Save again; the judge is started anew. When it happens again, look for signals that your code sends, and for sizes that it makes up.',
        3,
      );
      for (const [id, waiting] of pending) {
        if (waiting.child !== started) continue;
        pending.delete(id);
        waiting.reject(error);
      }
      if (!isClosed || signal) clearOrphans();
    });
    return started;
  }

  function ask(): void {
    if (pending.size === 0 && !isClosed) return;
    if (unanswered >= mostUnanswered) return void child.kill('SIGKILL');
    // Starting takes as long as it takes; nothing of a learner's runs before it has answered once.
    if (hasAnswered) unanswered += 1;
    if (child.connected) child.send({ t: 'ping' } satisfies ToJudge);
  }

  function onMessage(message: FromJudge): void {
    unanswered = 0;
    hasAnswered = true;
    if (message.t === 'pong') return;
    const waiting = pending.get(message.id);
    if (message.t === 'test') return waiting?.onTest?.(message.news);
    pending.delete(message.id);
    if (message.t === 'verdict') waiting?.resolve(message.verdict);
    else waiting?.reject(new CourseError(message.message, message.next, message.exitCode));
  }

  return {
    judge(request, { signal, onTest } = {}) {
      if (isClosed || signal?.aborted) return Promise.resolve(undefined);
      if (!child.connected) child = start();
      const id = ++lastId;
      const cancel = (): void => void (child.connected && child.send({ t: 'cancel', id } satisfies ToJudge));
      signal?.addEventListener('abort', cancel, { once: true });
      return new Promise<Verdict | undefined>((resolve, reject) => {
        pending.set(id, { child, resolve, reject, onTest });
        child.send({ t: 'judge', id, request } satisfies ToJudge);
      }).finally(() => signal?.removeEventListener('abort', cancel));
    },
    async close() {
      isClosed = true;
      if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise((resolve) => child.on('exit', resolve));
        if (child.connected) child.disconnect();
        for (const { resolve } of pending.values()) resolve(undefined);
        pending.clear();
        await gone;
      }
      clearInterval(asking);
    },
  };
}
