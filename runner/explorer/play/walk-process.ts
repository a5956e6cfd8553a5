// A walk from outside: the process that does it is started, asked, and gone at the end with all that it started.
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Ending as GuestEnding } from '../../subject/endings.ts';
import { startFairClock } from '../../subject/fair-clock.ts';
import { signalGroup } from '../../subject/process-group.ts';
import { ownedEnvironment } from '../../subject/owned-environment.ts';
import type { Unusable } from '../scenario.ts';
import type { Where } from '../engine/walk.ts';

export interface WalkOrder {
  /** absolute */
  readonly file: string;
  readonly isRaceTheEnd: boolean;
}

export interface ToWalk {
  /** of threads */
  readonly turns: readonly number[];
}

export type FromWalk =
  | { readonly kind: 'beat' }
  | { readonly kind: 'open' }
  | { readonly kind: 'at'; readonly where: Where }
  | Unusable
  | { readonly kind: 'guest-ended'; readonly ending: GuestEnding };

/** Why there is no walk any more. */
export type WalkEnding =
  | Unusable
  | { readonly kind: 'guest-ended'; readonly ending: GuestEnding }
  /** a check of the author's does not come back */
  | { readonly kind: 'silent'; readonly at: undefined }
  | { readonly kind: 'crashed'; readonly how: string };

export class WalkEnded extends Error {
  readonly ending: WalkEnding;

  constructor(ending: WalkEnding) {
    super(`the walk ended: ${ending.kind}${ending.kind === 'crashed' ? `, ${ending.how}` : ''}`);
    this.ending = ending;
  }
}

const entry = fileURLToPath(new URL('./walk-main.ts', import.meta.url));
const defaultSilenceMs = 8_000;
const lookEveryMs = 250;

export class WalkProcess {
  readonly #child: ChildProcess;
  readonly #ended = Promise.withResolvers<never>();
  readonly #exited = Promise.withResolvers<void>();
  readonly #watch: NodeJS.Timeout;
  #answer = Promise.withResolvers<FromWalk>();
  #clock;
  #stderr = '';
  readonly #kill = (): void => signalGroup(this.#child, 'SIGKILL');

  /**
   * @param silenceMs fair milliseconds without a sign of life after which it is ended
   * @throws WalkEnded
   */
  static async open(order: WalkOrder, silenceMs = defaultSilenceMs): Promise<WalkProcess> {
    const walk = new WalkProcess(order, silenceMs);
    try {
      await walk.#next();
    } catch (error) {
      await walk.close();
      throw error;
    }
    return walk;
  }

  private constructor(order: WalkOrder, silenceMs: number) {
    this.#child = fork(entry, [JSON.stringify(order)], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // Values of memory may be bigints, or no numbers.
      serialization: 'advanced',
      env: ownedEnvironment(),
      detached: process.platform !== 'win32',
      // What a check prints would be written across the picture.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#clock = startFairClock(this.#child.pid ?? 0);
    this.#ended.promise.catch(() => {});
    this.#child.stderr?.on('data', (bytes: Buffer) => {
      this.#stderr = (this.#stderr + bytes.toString()).slice(-2_000);
    });
    this.#child.on('message', (message: FromWalk) => this.#hear(message));
    this.#child.on('error', (error) => this.#end({ kind: 'crashed', how: error.message }));
    this.#child.on('exit', (code, signal) => {
      this.#end({ kind: 'crashed', how: this.#stderr || `it ended with ${signal ?? `code ${code}`}` });
      this.#kill();
      this.#exited.resolve();
    });
    this.#watch = setInterval(() => {
      if (this.#clock.elapsedMs() >= silenceMs) this.#end({ kind: 'silent', at: undefined });
    }, lookEveryMs);
    process.once('exit', this.#kill);
  }

  /** As of Walk. One question at a time. @throws WalkEnded */
  async at(turns: readonly number[]): Promise<Where> {
    this.#answer = Promise.withResolvers();
    this.#child.send({ turns } satisfies ToWalk, () => {});
    const answer = await this.#next();
    if (answer.kind !== 'at') throw new Error(`a walk that answers with "${answer.kind}"`);
    return answer.where;
  }

  /** Resolves when it is gone. */
  async close(): Promise<void> {
    clearInterval(this.#watch);
    process.removeListener('exit', this.#kill);
    this.#kill();
    if (this.#child.pid !== undefined) await this.#exited.promise;
  }

  #next(): Promise<FromWalk> {
    return Promise.race([this.#answer.promise, this.#ended.promise]);
  }

  #hear(message: FromWalk): void {
    this.#clock = startFairClock(this.#child.pid ?? 0);
    if (message.kind === 'beat') return;
    if (message.kind === 'open' || message.kind === 'at') this.#answer.resolve(message);
    else this.#end(message);
  }

  #end(ending: WalkEnding): void {
    this.#ended.reject(new WalkEnded(ending));
    this.#kill();
  }
}
