// One run of a scenario from its beginning, in an order that somebody else chooses: fresh modules, fresh memory, the tasks, what
// they have begun. Between two choices everything runs that can run without another one: a turn of the event loop sees to
// it, so that nobody has to count microtasks.
import { isNativeError } from 'node:util/types';
import type { Place } from '../engine/operation.ts';
import { Operations, type Writer } from './operations.ts';
import { PendingWork, type Choice, type Pending, type Turn } from './pending.ts';
import { attempted, thrownText } from '../thrown-text.ts';
import type { AsyncRealm } from './realm.ts';

/** How a run ends. */
export type RunEnd =
  | { readonly kind: 'well' }
  | {
      readonly kind: 'assertion' | 'exception' | 'invariant' | 'deadlock' | 'livelock';
      readonly said: string;
      readonly by: Thrown | undefined;
      /** of code that does not come back */
      readonly places?: readonly Place[];
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

type TaskState =
  | { readonly kind: 'unstarted' | 'running' | 'ended' }
  | { readonly kind: 'threw'; readonly thrown: Thrown };

export interface RunOptions {
  readonly writer?: Writer;
  readonly otherSide?: OtherSide;
  /** where code of this side stands now */
  readonly place?: () => Place | undefined;
}

/** Operations and timers under way at the same time: each of them is a choice, in each step. */
const mostUnderWay = 1_000;

export class Run {
  work = new PendingWork(0);
  /** A sum of all that was called so far: the same each time that the same order is run. */
  checksum = 0;
  readonly #realm: AsyncRealm;
  readonly #otherSide: OtherSide | undefined;
  readonly #place: () => Place | undefined;
  readonly operations: Operations;
  #parts: Parts | undefined;
  #states: TaskState[] = [];
  #shared: unknown;
  #calls = 0;
  #end: RunEnd | undefined;

  constructor(realm: AsyncRealm, { writer, otherSide, place = () => undefined }: RunOptions = {}) {
    this.#place = place;
    this.#realm = realm;
    this.#otherSide = otherSide;
    this.operations = new Operations({ realm, writer, add: (work) => this.#add(work) });
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

  /**
   * Makes the memory.
   * @param instantiate makes the scenario's modules
   * @throws what these throw, and `setup`
   */
  async begin(instantiate: () => Parts): Promise<void> {
    try {
      this.#parts = instantiate();
      const { tasks, setup } = this.#parts;
      this.work = new PendingWork(tasks);
      this.#states = Array.from({ length: tasks }, () => ({ kind: 'unstarted' }));
      this.#shared = setup(this.operations.ops);
    } finally {
      await this.#settle();
    }
  }

  /**
   * Takes a turn and lets everything run that can run then.
   * @param done hears of each of its choices when it has happened, and nothing that follows from it
   */
  async take(turn: Turn, done?: (choice: Choice) => void): Promise<void> {
    for (const choice of turn) {
      // The one before may not have come back.
      if (this.#end) break;
      this.#fire(choice);
      done?.(choice);
    }
    await this.#settle();
  }

  #fire(choice: Choice): void {
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
  }

  /** Somebody met what cannot be explored. */
  refuse(reason: string, place: Place | undefined): void {
    this.#end ??= { kind: 'refused', reason, file: place?.file ?? '', line: place?.line ?? 0 };
  }

  /** A promise was rejected and nobody waits for it. */
  unhandled(reason: unknown): void {
    this.#fail(thrownBy(reason, -1));
  }

  /** Code of a task does not come back. */
  hang(places: readonly Place[]): void {
    this.#end ??= { kind: 'livelock', said: '', by: undefined, places };
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
      this.#realm.watch(this.#parts?.task(task, this.#shared), ended, failed);
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
    if (wrong) this.#end = { kind: 'invariant', ...wrong };
    if (this.#end) return;
    const areAllEnded = this.#states.every(({ kind }) => kind === 'ended');
    const { turns } = this.work.turns();
    if (areAllEnded) {
      // From now on: whatever was left under way may not change that.
      const wrong = this.#check('final');
      if (wrong) this.#end = { kind: 'assertion', ...wrong };
      else if (turns.length === 0) this.#end ??= { kind: 'well' };
      return;
    }
    if (turns.length === 0) this.#end = { kind: 'deadlock', said: '', by: undefined };
  }

  #check(name: 'invariant' | 'final'): { said: string; by: Thrown | undefined } | undefined {
    const check = this.#parts?.[name];
    if (!check || this.#end) return undefined;
    try {
      const answer = check(this.#shared);
      if (this.#realm.isPromise(answer)) this.refuse(`${name} gave back a promise, and nobody waits for it`, undefined);
      return answer === false && !this.#end ? { said: `${name} returned false`, by: undefined } : undefined;
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

  #add(work: Omit<Pending, 'number'>): number {
    const number = ++this.#calls;
    for (const part of [work.operation, work.ms, work.task]) this.#mix(part);
    if (this.work.begun.length >= mostUnderWay) {
      const reason = `more than ${mostUnderWay} operations and timers under way at the same time cannot be explored`;
      this.refuse(reason, work.places[0] ?? this.#place());
      return number;
    }
    this.work.add({ ...work, number });
    return number;
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
  const other = { task, name: 'thrown', stack: '' };
  if (!isNativeError(error)) return { ...other, message: thrownText(error) };
  const known = attempted(() => {
    const { name, message, stack, code } = error as NodeJS.ErrnoException;
    const isAssertion = code === 'ERR_ASSERTION';
    return {
      task,
      name: isAssertion ? 'AssertionError' : String(name),
      message: String(message),
      stack: String(stack ?? ''),
    };
  });
  return known ?? { ...other, message: thrownText(error) };
}
