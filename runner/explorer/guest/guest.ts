// What runs in the subject: a thread's code, started anew for each question "with these results so far, what comes next?".
// It shares its process with learner code that may do anything, so nothing that it says is proof of anything but of what the
// thread does: whoever makes up answers has made up a program, and that program is what is explored.
import { AsyncLocalStorage } from 'node:async_hooks';
import { importable } from './kit-modules.ts';
import { Membrane, MembraneError, type Crossing, type Demand } from './membrane.ts';
import { Modules, Refusal, type Namespace } from './modules.ts';
import { placesOfError, placesOnStack } from './places-on-stack.ts';
import { makeRealm, type Realm } from './realm.ts';
import type { Result } from '../engine/operation.ts';
import { Replay, type Answer, type Heard, type Told } from './replay.ts';

/** A question to a thread's code. */
export interface Question {
  readonly heard: readonly Heard[];
  /** results that operations may take behind that, until something else is said */
  readonly offered?: readonly Result[];
  /** checkpoints to pass behind the last result */
  readonly passed?: number;
  /** the bytes of memory to go on with by itself, and how many operations at most */
  readonly ahead?: { readonly memory: Uint8Array; readonly most: number };
}

/** What there is to be known before the first question. */
export type Opened =
  | { readonly kind: 'opened'; readonly exports: readonly string[] }
  | { readonly kind: 'refusal'; readonly reason: string; readonly file: string; readonly line: number }
  /** a module threw when it was imported */
  | { readonly kind: 'thrown'; readonly answer: Answer };

export class Guest {
  readonly #file: string;
  readonly #standIn: ((file: string, membrane: Membrane) => Namespace | undefined) | undefined;
  readonly #realm: Realm;
  readonly #modules: Modules;
  #replay: Replay | undefined;
  #membrane: Membrane | undefined;
  /** Which run it was that left a promise behind. */
  readonly #runs = new AsyncLocalStorage<{ hasEnded: boolean }>();
  /** What cannot be seen in any run: memory was used after its end, or built-ins are not what they were. */
  #outside: Extract<Told['said'], { kind: 'refusal' }> | undefined;
  hasPrinted = false;

  /**
   * @param file the module whose exports are to be called, absolute
   * @param standIn what is on the other side of the membrane instead of a file
   * @param within the folder that all files have to lie in
   */
  constructor(file: string, standIn?: (file: string, membrane: Membrane) => Namespace | undefined, within?: string) {
    this.#file = file;
    this.#standIn = standIn;
    this.#realm = makeRealm({
      operate: (operation) => (this.#replay ?? this.#nobody()).operate(operation),
      refuse: (reason) => (this.#replay ?? this.#nobody(reason)).refuse(reason),
      checkpoint: (key) => (this.#replay ?? this.#nobody()).checkpoint(key),
      printed: () => {
        this.hasPrinted = true;
      },
    });
    const { native, memory, context } = this.#realm;
    const kit = {
      i32: () => new (memory.globals.SharedArrayBuffer as new () => object)(),
      checkpoint: (...values: unknown[]) => this.#replay?.checkpoint(JSON.stringify(values)),
      default: native.Object,
    };
    const refuse = (reason: string): never => (this.#replay ?? this.#nobody(reason)).refuse(reason);
    const isHidden = (value: unknown): boolean =>
      memory.shapeOf(value) !== undefined || memory.extentOf(value) !== undefined;
    this.#modules = new Modules({
      realm: context,
      ...(within !== undefined && { within }),
      refuse,
      pass: () => this.#replay?.pass(),
      elsewhere: (specifier) => importable(specifier, kit, { refuse, isHidden }),
      standIn: (path) => this.#membrane && this.#standIn?.(path, this.#membrane),
    });
  }

  /** Imports the module once, to see whether it can be. */
  open(): Opened {
    let exports: string[] = [];
    const heard: Heard[] = [{ kind: 'call', demand: ['get', 0, ''], args: [] }];
    const { said } = this.#run({ heard }, (membrane) => {
      exports = Object.keys(this.#instantiate(membrane));
      return undefined;
    });
    if (said.kind === 'refusal') return said;
    if (said.kind === 'answer' && said.isThrown) return { kind: 'thrown', answer: said };
    return { kind: 'opened', exports };
  }

  /** Number 0 on this side is the module itself. */
  advance(question: Question): Told {
    return this.#run(question, (membrane, demand, args) => membrane.fulfil(demand, args));
  }

  /**
   * A promise was rejected, and nobody waits for it: that ends a worker. Of a run that was interrupted nothing is known; whoever
   * would have waited may come later.
   */
  unhandled(reason: unknown): void {
    if (!this.#runs.getStore()?.hasEnded) return;
    const { stack } = (typeof reason === 'object' && reason !== null ? reason : {}) as { stack?: unknown };
    const [place] = placesOfError(typeof stack === 'string' ? stack : '', (file) => this.#modules.has(file));
    const { file, line } = place ?? { file: this.#file, line: 0 };
    const words = 'a promise is rejected, and nobody hears of it: that would end the thread when it is through';
    this.#outside ??= { kind: 'refusal', reason: words, file, line };
  }

  /** What was done to shared memory when no run was going on. */
  async settle(): Promise<Extract<Told['said'], { kind: 'refusal' }> | undefined> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#reset(true);
    return this.#outside;
  }

  /** A run begins where nothing is left of those before, also not by a promise after their end. */
  #reset(isLast: boolean): void {
    const reason = this.#realm.reset(isLast);
    if (reason !== undefined) this.#outside ??= { kind: 'refusal', reason, file: '', line: 0 };
  }

  #run(
    { heard, offered = [], passed = 0, ahead }: Question,
    fulfil: (membrane: Membrane, demand: Demand, args: readonly Crossing[]) => Crossing,
  ): Told {
    this.#reset(false);
    if (this.#outside) return { said: this.#outside, ahead: [], checksum: 0, took: [] };
    const isOurs = (file: string): boolean => this.#modules.has(file);
    const replay = new Replay(heard, () => placesOnStack(isOurs).map((place) => this.#modules.original(place)), {
      offered,
      passed,
      ahead: ahead && {
        memory: new DataView(ahead.memory.buffer, ahead.memory.byteOffset, ahead.memory.byteLength),
        most: ahead.most,
      },
    });
    const invoke = (demand: Demand, args: readonly Crossing[]): Answer => {
      try {
        if (!isInstantiated) {
          isInstantiated = true;
          membrane.keep(this.#instantiate(membrane));
        }
        return { kind: 'answer', isThrown: false, value: fulfil(membrane, demand, args) };
      } catch (error) {
        replay.pass();
        if (error instanceof MembraneError) return replay.refuse(error.message);
        if (error instanceof Refusal) throw error;
        return { kind: 'answer', isThrown: true, ...this.#thrown(error, membrane) };
      }
    };
    let isInstantiated = false;
    const membrane = new Membrane({
      native: this.#realm.native,
      memory: this.#realm.memory,
      hasClasses: this.#standIn !== undefined,
      demand: (demand, args) => {
        const answer = replay.call(demand, args, invoke);
        if (answer.isThrown) throw membrane.receive(answer.value);
        return answer.value;
      },
    });
    this.#replay = replay;
    this.#membrane = membrane;
    const run = { hasEnded: false };
    try {
      const told = this.#runs.run(run, () => replay.run(invoke));
      run.hasEnded = told.said.kind === 'answer';
      return told;
    } finally {
      this.#replay = undefined;
    }
  }

  #instantiate(membrane: Membrane): Namespace {
    this.#membrane = membrane;
    return this.#modules.instantiate(this.#file);
  }

  #thrown(error: unknown, membrane: Membrane): Pick<Answer, 'value' | 'places'> {
    const { stack } = (typeof error === 'object' && error !== null ? error : {}) as { stack?: unknown };
    return {
      value: membrane.send(error instanceof Error ? this.#localised(error) : error),
      places: placesOfError(typeof stack === 'string' ? stack : '', (file) => this.#modules.has(file)),
    };
  }

  /** An error of this realm, of an assertion say, as one of the code's. */
  #localised(error: Error): Error {
    const local = new (this.#realm.native.Error as ErrorConstructor)(error.message);
    return Object.assign(local, { name: error.name, code: (error as NodeJS.ErrnoException).code });
  }

  #nobody(reason = 'shared memory is used when the thread has ended already, by a promise or a callback'): never {
    const [place] = placesOnStack((file) => this.#modules.has(file));
    const { file, line } = place ?? { file: this.#file, line: 0 };
    this.#outside ??= { kind: 'refusal', reason, file, line };
    throw new Refusal(reason, file, line);
  }
}
