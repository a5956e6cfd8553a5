// One run of a scenario from its beginning, in an order that somebody else chooses: fresh modules, fresh memory, the tasks, what
// they have begun. Between two choices everything runs that can run without another one: a turn of the event loop sees to
// it, so that nobody has to count microtasks.
import { isNativeError } from 'node:util/types';
import type { Place } from '../operation.ts';
import { PendingWork, type Choice, type Pending } from './pending.ts';
import type { AsyncRealm } from './realm.ts';

/** How a run ends. */
export type RunEnd =
  | { readonly kind: 'well' }
  | {
      readonly kind: 'assertion' | 'exception' | 'invariant' | 'deadlock' | 'livelock';
      readonly said: string;
      readonly by: Thrown | undefined;
    }
  | { readonly kind: 'refused'; readonly reason: string; readonly file: string; readonly line: number };

export interface Thrown {
  /** -1: of nobody's, or of a promise that nobody waits for */
  readonly task: number;
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/** What an author's scenario exports, checked. */
export interface Parts {
  readonly tasks: number;
  readonly setup: (ops: object) => unknown;
  readonly task: (id: number, shared: unknown) => unknown;
  readonly invariant?: (shared: unknown) => unknown;
  readonly final?: (shared: unknown) => unknown;
}

/** What lies on the other side of a wire, where the learner's code is not here. */
export interface OtherSide {
  /** Lets the other side go on with what it has heard. @returns whether something came of it */
  exchange(): boolean;
}

/** What is written down of a run that is to be shown. */
export interface Writer {
  /** where the code stands now */
  places(): Place[];
  /** what is called, as a text */
  call(operation: object, args: readonly unknown[]): string;
  /** what an effect gave */
  gave(value: unknown, isThrown: boolean): void;
}

type TaskState =
  | { readonly kind: 'unstarted' | 'running' | 'ended' }
  | { readonly kind: 'threw'; readonly thrown: Thrown };

export class Run {
  readonly work: PendingWork;
  /** A sum of all that was called so far: the same each time that the same order is run. */
  checksum = 0;
  readonly #realm: AsyncRealm;
  readonly #parts: Parts;
  readonly #writer: Writer | undefined;
  readonly #otherSide: OtherSide | undefined;
  readonly #operations: object[] = [];
  readonly #states: TaskState[];
  #shared: unknown;
  #calls = 0;
  #end: RunEnd | undefined;

  constructor(realm: AsyncRealm, parts: Parts, { writer, otherSide }: { writer?: Writer; otherSide?: OtherSide } = {}) {
    this.#realm = realm;
    this.#parts = parts;
    this.#writer = writer;
    this.#otherSide = otherSide;
    this.work = new PendingWork(parts.tasks);
    this.#states = Array.from({ length: parts.tasks }, () => ({ kind: 'unstarted' }));
  }

  get end(): RunEnd | undefined {
    return this.#end;
  }

  get states(): readonly TaskState[] {
    return this.#states;
  }

  get shared(): unknown {
    return this.#shared;
  }

  /** Makes the memory. @throws what the author's `setup` throws */
  async begin(): Promise<void> {
    this.#shared = this.#parts.setup(this.#ops());
    await this.#settle();
  }

  /** Takes one of the choices and lets everything run that can run then. */
  async take(choice: Choice): Promise<void> {
    this.work.take(choice);
    this.#mix(choice.kind === 'start' ? -1 - choice.task : choice.number);
    this.#realm.runAs(choice.task, () => {
      if (choice.kind === 'start') return this.#start(choice.task);
      try {
        choice.fire();
      } catch (error) {
        this.#fail(thrownBy(error, choice.task));
      }
    });
    await this.#settle();
  }

  /** Somebody met what cannot be explored. */
  refuse(reason: string, place: Place | undefined): void {
    this.#end ??= { kind: 'refused', reason, file: place?.file ?? '', line: place?.line ?? 0 };
  }

  /** A promise was rejected and nobody waits for it. */
  unhandled(reason: unknown): void {
    this.#fail(thrownBy(reason, -1));
  }

  setTimer(kind: Exclude<Pending['kind'], 'operation'>, ms: number, fire: () => void, text: string): number {
    const number = this.#count(-2 - ms);
    const task = this.#realm.task();
    this.work.add({ kind, task, number, operation: -1, ms, fire, places: this.#writer?.places() ?? [], text });
    return number;
  }

  /**
   * An operation is called.
   * @param task whose code calls it
   */
  call(operation: number, task: number, fire: () => void, text: string, places: readonly Place[]): void {
    const number = this.#count(operation);
    this.work.add({ kind: 'operation', task, number, operation, ms: 0, fire, places, text });
  }

  /** The number of a function that `ops.operation` made. */
  operationOf(made: object): number {
    return this.#operations.indexOf(made);
  }

  #ops(): object {
    const { native } = this.#realm;
    const operation = (effect: (...args: unknown[]) => unknown): object => {
      if (typeof effect !== 'function')
        throw new (native.TypeError as ErrorConstructor)('ops.operation takes a function: the effect');
      const number = this.#operations.length;
      const made = (...args: unknown[]): Promise<unknown> => this.#call(number, effect, args);
      this.#operations.push(made);
      return made;
    };
    const sleep = (ms: unknown): Promise<unknown> => {
      const { promise, resolve } = this.#realm.deferred();
      const whole = Math.max(0, Number(ms) || 0);
      this.setTimer('sleep', whole, () => resolve(undefined), `sleep(${whole})`);
      return promise;
    };
    return Object.assign(new (native.Object as ObjectConstructor)(), { operation, sleep });
  }

  #call(number: number, effect: (...args: unknown[]) => unknown, args: readonly unknown[]): Promise<unknown> {
    const { promise, resolve, reject } = this.#realm.deferred();
    const fire = (): void => {
      let value: unknown;
      try {
        value = effect(...args);
      } catch (error) {
        this.#writer?.gave(error, true);
        return reject(error);
      }
      this.#writer?.gave(value, false);
      resolve(value);
    };
    const text = this.#writer?.call(this.#operations[number] as object, args) ?? '';
    this.call(number, this.#realm.task(), fire, text, this.#writer?.places() ?? []);
    return promise;
  }

  #start(task: number): void {
    this.#states[task] = { kind: 'running' };
    const ended = (): void => {
      this.#states[task] = { kind: 'ended' };
    };
    const failed = (error: unknown): void => {
      const thrown = thrownBy(error, task);
      this.#states[task] = { kind: 'threw', thrown };
      this.#fail(thrown);
    };
    try {
      this.#realm.watch(this.#parts.task(task, this.#shared), ended, failed);
    } catch (error) {
      failed(error);
    }
  }

  /** Until nothing happens any more unless something is chosen. */
  async #settle(): Promise<void> {
    do await turnOfTheLoop();
    while (!this.#end && this.#otherSide?.exchange());
  }

  /** Whether that was the end: what the author's checks say, and who is left. To be asked after `begin` and each `take`. */
  look(): void {
    if (this.#end) return;
    const wrong = this.#check('invariant');
    if (wrong) return void (this.#end = { kind: 'invariant', ...wrong });
    const areAllEnded = this.#states.every(({ kind }) => kind === 'ended');
    const { choices } = this.work.choices();
    if (areAllEnded) {
      // From now on: whatever was left under way may not change that.
      const wrong = this.#check('final');
      if (wrong) this.#end = { kind: 'assertion', ...wrong };
      else if (choices.length === 0) this.#end = { kind: 'well' };
      return;
    }
    if (choices.length === 0) this.#end = { kind: 'deadlock', said: '', by: undefined };
  }

  #check(name: 'invariant' | 'final'): { said: string; by: Thrown | undefined } | undefined {
    const check = this.#parts[name];
    if (!check || this.#end) return undefined;
    try {
      return check(this.#shared) === false && !this.#end
        ? { said: `${name} returned false`, by: undefined }
        : undefined;
    } catch (error) {
      if (this.#end) return undefined;
      const by = thrownBy(error, -1);
      return { said: isNativeError(error) ? by.message || by.name : `${name} threw ${by.message}`, by };
    }
  }

  #fail(thrown: Thrown): void {
    const kind = thrown.name === 'AssertionError' ? 'assertion' : 'exception';
    const said = thrown.name === 'thrown' ? `thrown: ${thrown.message}` : `${thrown.name}: ${thrown.message}`;
    this.#end ??= { kind, said, by: thrown };
  }

  #count(what: number): number {
    this.#calls += 1;
    this.#mix(what);
    this.#mix(this.#realm.task());
    return this.#calls;
  }

  #mix(part: number): void {
    this.checksum = (Math.imul(this.checksum, 31) + part + 7) | 0;
  }
}

/** Everything that is due runs: promises' reactions, and what Node says of those that nobody waits for. */
function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function thrownBy(error: unknown, task: number): Thrown {
  if (!isNativeError(error)) return { task, name: 'thrown', message: textOf(error), stack: '' };
  const { name, message, stack, code } = error as NodeJS.ErrnoException;
  const isAssertion = code === 'ERR_ASSERTION';
  return {
    task,
    name: isAssertion ? 'AssertionError' : String(name),
    message: String(message),
    stack: String(stack ?? ''),
  };
}

function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return 'something that is no text';
  }
}
