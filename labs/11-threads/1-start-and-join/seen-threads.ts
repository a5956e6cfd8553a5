// What the driver sees of the threads that the learner's code starts: Node announces each one to the program, so the
// learner's code need not say anything. It knows nothing of tests.
import type { Worker } from 'node:worker_threads';

interface SeenThread {
  readonly worker: Worker;
  hasAnswered: boolean;
  hasFailed: boolean;
  hasEnded: boolean;
  isStopped: boolean;
  isExitUnheard: boolean;
}

/** What a promise of the learner's came to. */
export type Outcome =
  | { readonly kind: 'resolved'; readonly value: unknown }
  | { readonly kind: 'rejected'; readonly error: unknown }
  /** it was pending although nothing ran any more that could settle it */
  | { readonly kind: 'pending' }
  /** there was no promise, for start threw */
  | { readonly kind: 'not started'; readonly error: unknown };

/** A failure for which nobody listened when it came. Without the driver it would have ended the program. */
export interface Unheard {
  readonly kind: 'error event' | 'rejection';
  readonly message: string;
  /** what it was, as far as it was an Error: with its stack */
  readonly error: Error | undefined;
}

const turnMs = 5;
/** Turns of the event loop without news after which none will come. */
const quietTurns = 40;
/** The same when the learner's code has set a timer: it may look now and then whether a thread has ended. */
const quietTurnsWithTimers = 300;

let current: SeenThreads | undefined;
/** Timers of this file that are running. */
let ownTimers = 0;

process.on('worker', (worker) => current?.add(worker));
process.on('unhandledRejection', (reason) => current?.unheard.push(unheard('rejection', reason)));

/** The threads that were started while `use` ran; those that still run afterwards are stopped. */
export async function seeingThreads<Result>(use: (seen: SeenThreads) => Promise<Result>): Promise<Result> {
  const seen = new SeenThreads();
  current = seen;
  try {
    return await use(seen);
  } finally {
    await seen.close();
  }
}

export class SeenThreads {
  readonly unheard: Unheard[] = [];
  readonly #threads: SeenThread[] = [];
  #isClosed = false;

  add(worker: Worker): void {
    const thread = {
      worker,
      hasAnswered: false,
      hasFailed: false,
      hasEnded: false,
      isStopped: false,
      isExitUnheard: false,
    };
    this.#threads.push(thread);
    worker.on('message', () => (thread.hasAnswered = true));
    // Before the others: a listener for one time is no longer counted when its turn has come.
    worker.prependListener('error', (error) => {
      thread.hasFailed = true;
      const isHeardByOthers = worker.listenerCount('error') > 1;
      if (!isHeardByOthers) this.unheard.push(unheard('error event', error));
    });
    worker.prependListener('exit', (code) => {
      thread.hasEnded = true;
      // terminate() makes this exit code; the thread files leave with other ones.
      thread.isStopped = code === 1 && !thread.hasFailed;
      thread.isExitUnheard = worker.listenerCount('exit') === 1;
    });
  }

  get started(): number {
    return this.#threads.length;
  }

  get answered(): number {
    return this.#threads.filter(({ hasAnswered }) => hasAnswered).length;
  }

  get ended(): number {
    return this.#threads.filter(({ hasEnded }) => hasEnded).length;
  }

  get failed(): number {
    return this.#threads.filter(({ hasFailed }) => hasFailed).length;
  }

  /** Threads that were stopped from outside before they had come to their end. */
  get stopped(): number {
    return this.#threads.filter(({ isStopped }) => isStopped).length;
  }

  /** Threads whose "exit" event came when nobody listened. */
  get exitsUnheard(): number {
    return this.#threads.filter(({ isExitUnheard }) => isExitUnheard).length;
  }

  /** Threads that work on; one that has thrown is on its way out. */
  get running(): number {
    return this.#threads.filter(({ hasEnded, hasFailed }) => !hasEnded && !hasFailed).length;
  }

  /** Lets the event loop turn. */
  async turns(count: number): Promise<void> {
    for (let turn = 0; turn < count; turn += 1) {
      ownTimers += 1;
      await new Promise((resolve) => setTimeout(resolve, turnMs));
      ownTimers -= 1;
    }
  }

  /** Lets time go by, but no longer than something is so. */
  async holdWhile(isSo: () => boolean, forMs: number): Promise<void> {
    const end = performance.now() + forMs;
    while (isSo() && performance.now() < end && !this.#isClosed) await this.turns(1);
  }

  /**
   * Waits for something, as long as it may still come: as long as there is news.
   * @param news a number that changes when something happened
   * @param isIdle whether news can come from nobody but the learner's code on the main thread
   * @returns whether it came
   */
  async until(
    isSo: () => boolean,
    isIdle: () => boolean,
    news: () => number = () => this.started + this.ended,
  ): Promise<boolean> {
    let last = news();
    for (let quiet = 0; quiet < (hasTimers() ? quietTurnsWithTimers : quietTurns) && !this.#isClosed; quiet += 1) {
      if (isSo()) return true;
      await this.turns(1);
      if (!isIdle() || news() !== last) quiet = 0;
      last = news();
    }
    return isSo();
  }

  /** Calls the learner's code, and waits until its promise has settled or nothing runs that could settle it. */
  async outcome(call: () => Promise<unknown>): Promise<Outcome> {
    let outcome: Outcome = { kind: 'pending' };
    const settled = (async () => call())().then(
      // As it is now: a list that is filled later was not complete.
      (value) => (outcome = { kind: 'resolved', value: Array.isArray(value) ? [...(value as unknown[])] : value }),
      (error: unknown) => (outcome = { kind: 'rejected', error }),
    );
    const stuck = this.until(
      () => outcome.kind !== 'pending',
      () => this.ended === this.started,
    );
    await Promise.race([settled, stuck]);
    return outcome;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }
}

/** Whether a timer is running that the learner's code has set. */
function hasTimers(): boolean {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length > ownTimers;
}

function unheard(kind: Unheard['kind'], reason: unknown): Unheard {
  if (!(reason instanceof Error)) return { kind, message: String(reason), error: undefined };
  const { name, message, stack = '' } = reason;
  // A copy with nothing else in it: it has to cross to the suite.
  return { kind, message: textOf(reason), error: Object.assign(new Error(message), { name, stack }) };
}

function textOf(reason: unknown): string {
  return reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
}
