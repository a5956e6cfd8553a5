// What the driver sees of the threads that the learner's code starts: Node announces each one to the program, so the
// learner's code need not say anything. It knows nothing of tests.
import type { Worker } from 'node:worker_threads';

interface SeenThread {
  readonly worker: Worker;
  hasFailed: boolean;
  hasEnded: boolean;
}

/** What a call of the learner's function came to. */
export type Outcome =
  | { readonly kind: 'resolved'; readonly value: unknown }
  | { readonly kind: 'rejected'; readonly error: unknown }
  /** it threw, and returned no promise */
  | { readonly kind: 'thrown'; readonly error: unknown }
  /** it was pending when nothing could settle it any more, or when it should have been settled long ago */
  | { readonly kind: 'pending' };

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
/** More than any test makes calls. */
const tooManyThreads = 12;

let current: SeenThreads | undefined;

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
    if (this.#isClosed) return void end(worker);
    const thread = { worker, hasFailed: false, hasEnded: false };
    this.#threads.push(thread);
    // Before the others: a listener for one time is no longer counted when its turn has come.
    worker.prependListener('error', (error) => {
      thread.hasFailed = true;
      const isHeardByOthers = worker.listenerCount('error') > 1;
      if (!isHeardByOthers) this.unheard.push(unheard('error event', error));
    });
    worker.prependListener('exit', () => (thread.hasEnded = true));
  }

  get started(): number {
    return this.#threads.length;
  }

  get ended(): number {
    return this.#threads.filter(({ hasEnded }) => hasEnded).length;
  }

  /** Threads that are there, also those on their way out. */
  get here(): number {
    return this.started - this.ended;
  }

  /** Threads that may still do something; one that has thrown does not. */
  get running(): number {
    return this.#threads.filter(({ hasEnded, hasFailed }) => !hasEnded && !hasFailed).length;
  }

  /** Lets the event loop turn. */
  async turns(count: number): Promise<void> {
    for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setTimeout(resolve, turnMs));
  }

  /**
   * Waits for something, as long as it may still come: as long as there is news.
   * @param isIdle whether news can come from nobody but the learner's code on the main thread
   * @param news a number that changes when something happened
   * @returns whether it came
   */
  async until(
    isSo: () => boolean,
    isIdle = () => this.running === 0,
    news = () => this.started + this.ended,
  ): Promise<boolean> {
    let last = news();
    for (let quiet = 0; quiet < quietTurns && !this.#isClosed; quiet += 1) {
      if (isSo()) return true;
      await this.turns(1);
      if (!isIdle() || news() !== last) quiet = 0;
      last = news();
    }
    return isSo();
  }

  /**
   * Calls the learner's function, and waits until its promise has settled, or until that is in vain.
   * @param beats a number that a thread changes when it lives although the call is over. It is the thread that counts,
   * so a machine on which it gets no time to end is not mistaken for one that lets it live.
   */
  async outcome(call: () => unknown, beats: () => number = () => 0): Promise<Outcome> {
    let outcome: Outcome = { kind: 'pending' };
    let promise: unknown;
    try {
      promise = call();
    } catch (error) {
      return { kind: 'thrown', error };
    }
    const settled = Promise.resolve(promise).then(
      (value) => (outcome = { kind: 'resolved', value }),
      (error: unknown) => (outcome = { kind: 'rejected', error }),
    );
    await Promise.race([settled, this.#waitInVain(() => outcome.kind !== 'pending', beats)]);
    return outcome;
  }

  async #waitInVain(isSettled: () => boolean, beats: () => number): Promise<void> {
    let last = beats();
    let vain = 0;
    while (!isSettled() && vain < quietTurns && this.started < tooManyThreads && !this.#isClosed) {
      await this.turns(1);
      // One that takes long to begin is given more time than one whose thread is gone.
      if (this.started === 0) vain += 0.2;
      else if (this.ended === this.started || beats() !== last) vain += 1;
      last = beats();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#threads.map(({ worker }) => end(worker)));
  }
}

/** Ends a thread unheard: whoever starts another one when it has ended would do so for ever. */
async function end(worker: Worker): Promise<void> {
  worker.removeAllListeners('exit');
  await worker.terminate();
}

function unheard(kind: Unheard['kind'], reason: unknown): Unheard {
  if (!(reason instanceof Error)) return { kind, message: String(reason), error: undefined };
  const { name, message, stack = '' } = reason;
  // A copy with nothing else in it: it has to cross to the suite.
  return { kind, message: `${name}: ${message}`, error: Object.assign(new Error(message), { name, stack }) };
}
