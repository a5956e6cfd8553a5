// The judge's handle on one subject: a child process that runs learner code, watched from outside and killed in
// the end. Everything that comes from it is data of unknown intent. It ends exactly once, with an `Ending`.
import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { defaultLimits, type Limits } from '../course/lab.ts';
import { EndedError, type Ending, type Standing } from './endings.ts';
import { startFairClock, type FairClock } from './fair-clock.ts';
import { fromJudgeFd, toJudgeFd, type FromSubject, type ModuleName } from './frames.ts';
import { leftovers, lookBefore, type Before, type Leftover } from './leftovers.ts';
import { beforeNodesWords, loadFailure } from './load-failure.ts';
import { placesIn } from './places.ts';
import { Printed } from './printed.ts';
import { descendants, hasProc, residentMiB } from './proc.ts';
import { makeStage, type Stage } from './stage.ts';
import { unknownStanding, whereItStands } from './stack-sampler.ts';
import { newToken, startProcess } from './start-process.ts';
import { killStrays, signalQuietly, want } from './strays.ts';
import type { Files } from './submission.ts';
import { Wire, type LifeFrame } from './wire.ts';

const watchEveryMs = 40;
/** What finding out where a stuck subject stands may take. */
const samplingMs = 700;
/** A killed process that somebody traces does not tell its parent of its end. */
const mostDyingMs = 2_000;
/** How long a subject may take to die of its syntax error and print the place. */
const lastPrintMs = 500;
/** Somebody who printed this much when the time was up was printing without end. */
const printingBytes = 64 * 1024;

type LoadFailed = Extract<FromSubject, { t: 'load-failed' }>;

export interface BootOptions {
  readonly inspect?: boolean;
}

/** What a subject is to run, and what it may use. */
export interface Program {
  readonly files: Files;
  /** where the files are: they are linked instead of copied, for a debugger */
  readonly origins?: ReadonlyMap<string, string> | undefined;
  /** the author's files beside them; they win over a learner's file of the same name */
  readonly support: Files;
  readonly lab: string;
  readonly driver: string | null;
  readonly limits: Limits;
}

export class Subject {
  readonly pid: number;
  readonly stage: Stage;
  readonly wire: Wire;
  /** Hears what functions of the suite throw at learner code; see WireListener. */
  onThrown: ((error: unknown) => boolean) | undefined;
  /** Settles with what ended it, never rejects. */
  readonly ended: Promise<Ending>;

  readonly #process: ChildProcess;
  readonly #token: string;
  readonly #printed: Printed;
  readonly #ready = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<Ending>();
  /** The process is gone, and its stage. */
  readonly #cleared = Promise.withResolvers<void>();
  #limits: Limits = defaultLimits;
  #loading: PromiseWithResolvers<void> | undefined;
  #ending: Ending | undefined;
  /** Set once a limit was reached: what is to be said when it is known where it stands. */
  #stopping: ((standing: Standing) => Ending) | undefined;
  #loadFailed: LoadFailed | undefined;
  #lastWords: Extract<FromSubject, { t: 'exit' | 'uncaught' }> | undefined;
  #before: Before | undefined;
  #watch: NodeJS.Timeout | undefined;
  #limit: { clock: FairClock; limitMs: number } | undefined;

  /**
   * Starts a process that waits for something to load.
   * @throws EndedError when this machine cannot start one
   */
  static boot({ inspect = false }: BootOptions = {}): Subject {
    let stage: Stage | undefined;
    try {
      stage = makeStage();
      const token = newToken();
      const process = startProcess({ stage: stage.folder, token, inspect });
      // What a process that did not start reports comes later; there is nobody to hear it.
      process.on('error', () => {});
      if (process.pid === undefined) throw new Error('the system starts no more processes');
      return new Subject(stage, token, process, process.pid);
    } catch (error) {
      stage?.remove();
      throw new EndedError({ kind: 'no-start', reason: (error as Error).message });
    }
  }

  private constructor(stage: Stage, token: string, process: ChildProcess, pid: number) {
    this.pid = pid;
    this.ended = this.#ended.promise;
    this.stage = stage;
    this.#token = token;
    this.#process = process;
    want(token);
    // 'exit', not 'close': a grandchild may hold the pipes open for ever.
    process.on('exit', (code, signal) => void this.#onExit(code, signal));
    this.wire = new Wire(this.#stream(fromJudgeFd), this.#stream(toJudgeFd), {
      onFrame: (frame) => this.#onFrame(frame),
      onBroken: (reason) => this.#end({ kind: 'wire', reason }),
      onThrown: (error) => this.onThrown?.(error) ?? false,
    });
    this.#printed = new Printed([this.#stream(1), this.#stream(2)], () => this.#onPrinted());
  }

  /** What it printed so far, its beginning at most. */
  get output(): string {
    const { beginning } = this.#printed;
    return this.#loadFailed ? beforeNodesWords(beginning, this.stage.folder) : beginning;
  }

  /** False from the moment that a limit was reached, even while it is asked where it stands. */
  get isAlive(): boolean {
    return this.#ending === undefined && this.#stopping === undefined;
  }

  /**
   * Puts the files on the stage and imports the modules; resolves when they are loaded.
   * @throws EndedError when they cannot be
   */
  async load({ files, origins, support, lab, driver, limits }: Program): Promise<void> {
    this.#limits = limits;
    await Promise.race([this.#ready.promise, this.#untilEnded()]);
    try {
      this.stage.put(support);
      if (origins) this.stage.link(without(support, origins));
      else this.stage.put(without(support, files));
    } catch (error) {
      this.#end({ kind: 'no-start', reason: (error as Error).message });
    }
    this.#loading = Promise.withResolvers();
    this.#watch ??= setInterval(() => this.#look(), watchEveryMs);
    const release = this.limit(limits.loadMs);
    this.wire.send({ t: 'load', lab, driver });
    try {
      await Promise.race([this.#loading.promise, this.#untilEnded()]);
    } finally {
      this.#loading = undefined;
      release();
    }
  }

  /**
   * Calls an export of a module.
   * @returns its answer, decoded: fresh plain data; functions in it call back into the subject
   * @throws EndedError when the subject ends first; what the learner's code threw, as an Error made here
   */
  async call(module: ModuleName, name: string, args: readonly unknown[], construct = false): Promise<unknown> {
    const encoded = this.wire.encodeAll(args);
    return this.wire.ask((id) => ({ t: 'call', id, module, name, args: encoded, construct }));
  }

  /** Reads an export that is not a function. */
  read(module: ModuleName, name: string): Promise<unknown> {
    return this.wire.ask((id) => ({ t: 'read', id, module, name }));
  }

  /**
   * From now on the subject has `limitMs` of fair time; then it is ended.
   * @returns what takes the limit back
   */
  limit(limitMs: number): () => void {
    const limit = { clock: startFairClock(this.pid), limitMs };
    this.#limit = limit;
    return () => {
      if (this.#limit === limit) this.#limit = undefined;
    };
  }

  /** What runs in it now beyond its main thread. */
  leftovers(): Leftover[] {
    if (!this.isAlive || !this.#before) return [];
    return leftovers({ pid: this.pid, token: this.#token, before: this.#before });
  }

  /** Ends it: kills its group and whatever carries its token, and clears the stage. Resolves when nothing is left. */
  async kill(ending: Ending = { kind: 'cancelled' }): Promise<void> {
    this.#end(ending);
    const patience = setTimeout(() => this.#clear(), mostDyingMs);
    await this.#cleared.promise;
    clearTimeout(patience);
  }

  #stream(fd: number): Readable & Writable {
    return this.#process.stdio[fd] as Readable & Writable;
  }

  async #untilEnded(): Promise<never> {
    throw new EndedError(await this.ended);
  }

  #onFrame(frame: LifeFrame): void {
    switch (frame.t) {
      case 'ready':
        // Nothing of the learner's runs before the first of these.
        if (!this.#loading) this.#before ??= lookBefore(this.pid);
        return this.#ready.resolve();
      case 'loaded':
        return this.#loading?.resolve();
      case 'load-failed':
        return this.#onLoadFailed(frame);
      case 'missing':
        if (!this.wire.hasAsked(frame.id)) return;
        return this.#end({ kind: 'missing-export', name: frame.name, found: frame.found, exports: frame.exports });
      case 'exit':
      case 'uncaught':
        this.#lastWords ??= frame;
    }
  }

  #onLoadFailed(frame: LoadFailed): void {
    if (!this.#loading || this.#loadFailed) return;
    this.#loadFailed = frame;
    if (frame.error.name === 'SyntaxError') setTimeout(() => this.#end(this.#endingOfLoad(frame)), lastPrintMs);
    else this.#end(this.#endingOfLoad(frame));
  }

  #endingOfLoad(failed: LoadFailed): Ending {
    return loadFailure(failed, this.stage.folder, this.#printed.beginning);
  }

  #onPrinted(): void {
    if (this.#printed.bytes > this.#limits.outputKiB * 1024) void this.#stop((at) => this.#flood(at));
  }

  #flood({ main }: Standing): Ending {
    const { bytes, beginning } = this.#printed;
    return { kind: 'output', seenKiB: Math.round(bytes / 1024), beginning: beginning.slice(0, 200), at: main.at };
  }

  #look(): void {
    const { memoryMiB } = this.#limits;
    const seenMiB = hasProc ? residentMiB([this.pid, ...descendants(this.pid)]) : 0;
    if (seenMiB > memoryMiB) {
      const memory = (standing: Standing): Ending => {
        return workerFlood(standing) ?? { kind: 'memory', limitMiB: memoryMiB, seenMiB: Math.round(seenMiB), standing };
      };
      // No time for questions when it grows faster than they are answered.
      if (seenMiB > 2 * memoryMiB) this.#end(memory(unknownStanding));
      else void this.#stop(memory);
    }
    const limit = this.#limit;
    if (limit && limit.clock.elapsedMs() >= limit.limitMs) void this.#stop((at) => this.#late(limit.limitMs, at));
  }

  #late(limitMs: number, standing: Standing): Ending {
    const wasPrinting = this.#printed.bytes >= printingBytes && standing.main.doing !== 'idle';
    if (wasPrinting) return this.#flood(standing);
    return workerFlood(standing) ?? { kind: 'time', limitMs, loading: this.#loading !== undefined, standing };
  }

  /** A limit was reached: nothing that it says counts any more but where it stands, and then it ends. */
  async #stop(ending: (standing: Standing) => Ending): Promise<void> {
    if (!this.isAlive) return;
    this.#stopping = ending;
    this.wire.mute();
    this.#printed.stop();
    this.#end(ending(await whereItStands(this.pid, this.#stream(2), this.stage.folder, samplingMs)));
  }

  async #onExit(code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    // What it wrote before it died may still be in the pipe.
    await new Promise((resolve) => setImmediate(resolve));
    this.#end(this.#endingOfExit(code, signal));
    this.#clear();
  }

  #endingOfExit(code: number | null, signal: NodeJS.Signals | null): Ending {
    if (this.#stopping) return this.#stopping(unknownStanding);
    if (this.#loadFailed) return this.#endingOfLoad(this.#loadFailed);
    const words = this.#lastWords;
    const { folder } = this.stage;
    if (words?.t === 'uncaught' && code !== 0) {
      return {
        kind: 'uncaught',
        error: words.error,
        rejection: words.rejection,
        at: placesIn(words.error.stack, folder)[0],
      };
    }
    if (signal !== null) return { kind: 'signal', signal, stderr: this.#printed.end };
    return { kind: 'exit', code: code ?? 0, at: words?.t === 'exit' ? placesIn(words.stack, folder)[0] : undefined };
  }

  #end(ending: Ending): void {
    if (this.#ending) return;
    this.#ending = ending;
    clearInterval(this.#watch);
    // The group dies at once; what left the group is looked for.
    signalQuietly(process.platform === 'win32' ? this.pid : -this.pid, 'SIGKILL');
    killStrays(this.#token);
    this.wire.end(ending);
    for (const stream of this.#process.stdio) stream?.destroy();
    this.#ended.resolve(ending);
  }

  #clear(): void {
    // Once more: what was starting when the others were killed runs by now. Only then does nobody write to the stage.
    killStrays(this.#token);
    this.stage.remove();
    this.#cleared.resolve();
  }
}

function workerFlood({ workers }: Standing): Ending | undefined {
  const printing = workers.find(({ doing }) => doing === 'printing');
  return printing && { kind: 'worker-output', at: printing.at };
}

/** What does not lie on, below or above a file of the author's. */
function without<T>(support: Files, files: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  const clashes = (name: string): boolean =>
    [...support.keys()].some((taken) => `${taken}/`.startsWith(`${name}/`) || `${name}/`.startsWith(`${taken}/`));
  return new Map([...files].filter(([name]) => !clashes(name)));
}
