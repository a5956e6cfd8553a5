// A real thread in lock-step, from outside: where it stands, as far as it has said so, and waiting for it to say more.
import process from 'node:process';
import { Worker } from 'node:worker_threads';
import type { Operation, Place, Result } from '../engine/operation.ts';
import type { FromThread, ThreadOrder, ThrownByThread } from './lockstep.ts';

/** Where a thread is. */
export type Position =
  /** between two operations, in code that nobody else sees */
  | { readonly kind: 'runs' }
  /** before an operation */
  | { readonly kind: 'stands'; readonly operation: Operation; readonly places: readonly Place[] }
  /** in an operation that it was let do; for long only where it sleeps */
  | { readonly kind: 'does'; readonly operation: Operation; readonly places: readonly Place[] }
  /** behind a sleep whose time is up */
  | { readonly kind: 'expired'; readonly operation: Operation; readonly places: readonly Place[] }
  | { readonly kind: 'ended' }
  | ThrownByThread
  | Extract<FromThread, { kind: 'refused' }>
  /** the worker is gone, and `thread` has not come to an end */
  | { readonly kind: 'gone'; readonly how: string };

/** How a wait for a thread ended. */
export type Patience = 'held' | 'busy' | 'idle';

const entry = new URL('./lockstep-thread-main.ts', import.meta.url);
/** Whoever takes more than this of the processor between two operations will not come to the next one. */
const mostCpuMs = 1_000;
/** Somebody else may have the processor; but not for ever. */
const mostWaitMs = 60_000;
const unheardMs = 100;
const heapMiB = 256;

export class LockstepThread {
  readonly #worker: Worker;
  #position: Position = { kind: 'runs' };
  #result: Result;
  #said = Promise.withResolvers<void>();

  constructor(order: ThreadOrder) {
    this.#worker = new Worker(entry, {
      workerData: order,
      // What it prints is for nobody.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: heapMiB },
    });
    this.#worker.on('message', (message: FromThread) => this.#hear(message));
    this.#worker.on('error', (error: unknown) => this.#gone(error instanceof Error ? error.message : String(error)));
    this.#worker.on('exit', (code) => this.#gone(`its worker ended with code ${code}`));
  }

  get position(): Position {
    return this.#position;
  }

  /** What its last operation gave back. */
  get result(): Result {
    return this.#result;
  }

  /** It has been let go, and does what it stood before. */
  begin(): void {
    const at = this.#position;
    if (at.kind === 'stands' || at.kind === 'expired') this.#position = { ...at, kind: 'does' };
  }

  /**
   * Waits until something holds that the thread may bring about.
   * @param lookEveryMs how often to look, beside each time that the thread says something
   * @returns `busy` when all that it does is to use up time of the processor; `idle` when it does not even do that
   */
  async until(holds: () => boolean, lookEveryMs = unheardMs, cpuMs = mostCpuMs): Promise<Patience> {
    const start = performance.now();
    const before = process.cpuUsage();
    while (!holds()) {
      const { user, system } = process.cpuUsage(before);
      if ((user + system) / 1_000 > cpuMs) return 'busy';
      if (performance.now() - start > mostWaitMs) return 'idle';
      let timer: NodeJS.Timeout | undefined;
      const pause = new Promise((resolve) => (timer = setTimeout(resolve, lookEveryMs)));
      await Promise.race([pause, this.#said.promise]);
      clearTimeout(timer);
    }
    return 'held';
  }

  #hear(message: FromThread): void {
    const at = this.#position;
    if (message.kind === 'did') {
      this.#result = message.result;
      this.#position = { kind: 'runs' };
    } else if (message.kind !== 'expired') this.#position = message;
    else if (at.kind === 'does') this.#position = { ...at, kind: 'expired' };
    this.#wake();
  }

  #gone(how: string): void {
    if (!isOver(this.#position)) this.#position = { kind: 'gone', how };
    this.#wake();
  }

  #wake(): void {
    const said = this.#said;
    this.#said = Promise.withResolvers<void>();
    said.resolve();
  }
}

/** Whether nothing more comes of it. */
export function isOver({ kind }: Position): boolean {
  return kind === 'ended' || kind === 'threw' || kind === 'refused' || kind === 'gone';
}
