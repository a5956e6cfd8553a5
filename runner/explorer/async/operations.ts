// `ops`, from which an author's scenario builds its world: operations, each with an effect that comes when the explorer says so,
// and sleep. They can be called here, and by number from the learner's side.
import type { Place } from '../engine/operation.ts';
import type { Pending } from './pending.ts';
import type { AsyncRealm } from './realm.ts';

/** Whose code calls, and where it stands; places only in runs that are to be shown. */
export interface Caller {
  readonly task: number;
  readonly places: readonly Place[];
}

/** Hears how it ends. */
export type Tell = (isRejected: boolean, value: unknown) => void;

/** What is written down of a run that is to be shown. */
export interface Writer {
  /** where the code stands now */
  places(): Place[];
  /** what is called, as a text */
  call(operation: object, args: readonly unknown[]): string;
  /** what an effect gave; false: nobody else is to hear it */
  gave(value: unknown, isThrown: boolean): boolean;
}

export interface OperationsOptions {
  readonly realm: AsyncRealm;
  readonly writer: Writer | undefined;
  /** Something has begun. @returns its number */
  readonly add: (work: Omit<Pending, 'number'>) => number;
}

interface Operation {
  readonly made: object;
  begin(args: readonly unknown[], by: Caller, tell: Tell): number;
}

export class Operations {
  /** What `setup` gets. */
  readonly ops: object;
  readonly #options: OperationsOptions;
  readonly #made: Operation[] = [];

  constructor(options: OperationsOptions) {
    this.#options = options;
    const { native } = options.realm;
    const operation = (effect: (...args: unknown[]) => unknown): object => {
      if (typeof effect === 'function') return this.#make((number) => this.#beginEffect(number, effect));
      throw new (native.TypeError as ErrorConstructor)('ops.operation takes a function: the effect');
    };
    const sleep = this.#make(() => (args, by, tell) => {
      const ms = Math.max(0, Number(args[0]) || 0);
      return this.begin('sleep', ms, by, () => tell(false, undefined));
    });
    this.ops = Object.assign(new (native.Object as ObjectConstructor)(), { operation, sleep });
  }

  /** Whoever calls now. */
  get caller(): Caller {
    const { realm, writer } = this.#options;
    return { task: realm.task(), places: writer?.places() ?? [] };
  }

  /** Starts something that is due at a time. @returns its number */
  begin(kind: Exclude<Pending['kind'], 'operation'>, ms: number, by: Caller, fire: () => void): number {
    const text = kind === 'immediate' ? 'setImmediate' : `${kind === 'sleep' ? 'sleep' : 'setTimeout'}(${ms})`;
    return this.#options.add({ kind, ...by, operation: -1, ms, fire, text });
  }

  /** @returns undefined for what is no operation of these */
  at(number: number): Operation | undefined {
    return this.#made[number];
  }

  /** -1 for what is none of these */
  numberOf(made: object): number {
    return this.#made.findIndex((operation) => operation.made === made);
  }

  #make(begin: (number: number) => Operation['begin']): object {
    const number = this.#made.length;
    const start = begin(number);
    const made = (...args: unknown[]): Promise<unknown> => {
      const { promise, resolve, reject } = this.#options.realm.deferred();
      start(args, this.caller, (isRejected, value) => (isRejected ? reject(value) : resolve(value)));
      return promise;
    };
    this.#made.push({ made, begin: start });
    return made;
  }

  #beginEffect(operation: number, effect: (...args: unknown[]) => unknown): Operation['begin'] {
    const { add, writer } = this.#options;
    return (args, by, tell) => {
      const fire = (): void => {
        let value: unknown;
        try {
          value = effect(...args);
        } catch (error) {
          if (writer?.gave(error, true) !== false) tell(true, error);
          return;
        }
        if (writer?.gave(value, false) !== false) tell(false, value);
      };
      const text = writer?.call(this.#made[operation]?.made ?? effect, args) ?? '';
      return add({ kind: 'operation', ...by, operation, ms: 0, fire, text });
    };
  }
}
