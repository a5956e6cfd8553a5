// How values cross between the author's side and the learner's: data as copies, functions and objects by number (the
// membrane's way), and besides that promises, which settle on the other side when they have settled on this one, and the
// scenario's operations, which can be called from afar without waiting.
import { isNativeError } from 'node:util/types';
import { errorCrossing, Membrane, MembraneError, type Crossing, type Demand } from '../guest/membrane.ts';
import type { Place } from '../engine/operation.ts';
import type { Settled } from './dialogue.ts';
import type { AsyncRealm } from './realm.ts';

export interface BorderSide {
  readonly realm: AsyncRealm;
  /** functions of the other side may be classes */
  readonly hasClasses: boolean;
  /** asks the other side */
  readonly demand: (demand: Demand, args: readonly Crossing[]) => Crossing;
  /** the number of an operation of this side; -1 for anything else */
  readonly operationOf: (value: object) => number;
  /** one of these by its number */
  readonly ownOperation: (number: number) => object | undefined;
  /** what is to stand here for an operation of the other side */
  readonly operation: (number: number) => object;
  /** where an error was made */
  readonly placesOf: (error: unknown) => readonly Place[];
}

type Deferred = ReturnType<AsyncRealm['deferred']>;

export class Border {
  readonly membrane: Membrane;
  readonly #side: BorderSide;
  /** Promises of this side that the other one knows, by their numbers. */
  readonly #mine: object[] = [];
  readonly #numbers = new Map<object, number>();
  readonly #tables: object[] = [];
  /** Operations of this side that the other one was given. */
  readonly #given = new Set<number>();
  /** What stands here for promises, operations and tables of the other side; and how that goes back. */
  readonly #theirPromises = new Map<number, Deferred>();
  readonly #theirOperations = new Map<number, object>();
  readonly #theirTables = new Map<number, object>();
  readonly #back = new Map<object, Crossing>();
  #settled: Settled[] = [];
  #places: (readonly Place[])[] = [];

  constructor(side: BorderSide) {
    this.#side = side;
    this.membrane = new Membrane({
      native: side.realm.native,
      hasClasses: side.hasClasses,
      memory: { shapeOf: () => undefined, extentOf: () => undefined, view: noMemory, buffer: noMemory },
      demand: side.demand,
      special: {
        send: (value, each) => this.#send(value, each),
        receive: (kind, number, content, each) => this.#receive(kind, number, content, each),
      },
    });
  }

  /** Whether the other side was ever given this operation: its number can be guessed. */
  hasGiven(operation: number): boolean {
    return this.#given.has(operation);
  }

  get hasSettled(): boolean {
    return this.#settled.length > 0;
  }

  /** What has settled since this was asked last, and where the reasons of rejections were made. */
  takeSettled(): { readonly settled: readonly Settled[]; readonly places: readonly (readonly Place[])[] } {
    const taken = { settled: this.#settled, places: this.#places };
    this.#settled = [];
    this.#places = [];
    return taken;
  }

  /** To be told to the other side next time. */
  settle(kind: Settled['kind'], number: number, isRejected: boolean, value: unknown): void {
    let sent: Crossing;
    try {
      sent = this.membrane.send(value);
    } catch (error) {
      sent = ['error', 'TypeError', (error as Error).message, ''];
    }
    this.#settled.push({ kind, number, isRejected, value: sent });
    this.#places.push(isRejected ? this.#side.placesOf(value) : []);
  }

  /** The other side's promise has settled. @param places where the reason was made */
  hearSettled({ number, isRejected, value }: Settled, places: readonly Place[] = []): void {
    const { resolve, reject } = this.#theirPromise(number);
    if (isRejected) reject(placed(this.membrane.receive(value), places));
    else resolve(this.membrane.receive(value));
  }

  #send(value: object, each: (value: unknown) => Crossing): Crossing | undefined {
    const { realm, operationOf } = this.#side;
    const back = this.#back.get(value);
    if (back) return back;
    if (realm.isPromise(value)) return ['special', 'promise', this.#promiseNumber(value), null];
    const operation = operationOf(value);
    if (operation >= 0) {
      this.#given.add(operation);
      return ['special', 'operation', operation, null];
    }
    if (isNativeError(value)) return errorCrossing(value);
    if (!this.#isTable(value)) return undefined;
    const entries = Object.entries(value).map(([key, item]) => [key, each(item)] as const);
    return ['special', 'table', this.#tableNumber(value), ['object', entries]];
  }

  #receive(kind: string, number: number, content: Crossing, each: (crossing: Crossing) => unknown): unknown {
    switch (kind) {
      case 'promise':
        return this.#theirPromise(number).promise;
      case 'your promise':
        return this.#mine[number];
      case 'your operation':
        return this.#given.has(number) ? this.#side.ownOperation(number) : undefined;
      case 'your table':
        return this.#tables[number];
      case 'operation':
        return this.#their(this.#theirOperations, kind, number, () => this.#side.operation(number));
      case 'table':
        return this.#their(this.#theirTables, kind, number, () => each(content) as object);
      default:
        throw new MembraneError('that is no value');
    }
  }

  #their(known: Map<number, object>, kind: string, number: number, make: () => object): object {
    const made = known.get(number) ?? make();
    known.set(number, made);
    this.#back.set(made, ['special', `your ${kind}`, number, null]);
    return made;
  }

  #promiseNumber(promise: object): number {
    const known = this.#numbers.get(promise);
    if (known !== undefined) return known;
    const number = this.#mine.push(promise) - 1;
    this.#numbers.set(promise, number);
    this.#side.realm.watch(
      promise,
      (value) => this.settle('promise', number, false, value),
      (reason) => this.settle('promise', number, true, reason),
    );
    return number;
  }

  #theirPromise(number: number): Deferred {
    let deferred = this.#theirPromises.get(number);
    if (!deferred) {
      deferred = this.#side.realm.deferred();
      this.#theirPromises.set(number, deferred);
      this.#back.set(deferred.promise, ['special', 'your promise', number, null]);
    }
    return deferred;
  }

  /** An object of operations alone, as a store or a database is: handed over at once, for nothing in it will change. */
  #isTable(value: object): boolean {
    if (Object.getPrototypeOf(value) !== (this.#side.realm.native.Object as ObjectConstructor).prototype) return false;
    const properties = Object.values(Object.getOwnPropertyDescriptors(value));
    return (
      properties.length > 0 &&
      properties.every(({ value: item }) => typeof item === 'function' && this.#side.operationOf(item as object) >= 0)
    );
  }

  #tableNumber(table: object): number {
    const known = this.#tables.indexOf(table);
    return known >= 0 ? known : this.#tables.push(table) - 1;
  }
}

/** An error that came from the other side says where it was made there. */
export function placed(error: unknown, places: readonly Place[]): unknown {
  if (!isNativeError(error)) return error;
  const lines = places.map(
    ({ within, file, line, column }) => `    at ${within || 'code'} (${file}:${line}:${column})`,
  );
  Object.defineProperty(error, 'stack', {
    value: [`${error.name}: ${error.message}`, ...lines].join('\n'),
    configurable: true,
    writable: true,
  });
  return error;
}

function noMemory(): never {
  throw new MembraneError('shared memory cannot be handed over between tasks');
}
