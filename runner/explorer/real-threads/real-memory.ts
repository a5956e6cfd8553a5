// Operations on memory that threads really share: here they are those of JavaScript itself, not a model of them.
import { readCell, writeCell } from '../engine/memory.ts';
import {
  elementBytes,
  type Cell,
  type ElementType,
  type Operation,
  type Result,
  type Value,
} from '../engine/operation.ts';

type Elements = { [index: number]: Value };

/** The scenario's buffers, one after the other as layout.ts has them. */
export class RealMemory {
  readonly #buffer: SharedArrayBuffer;
  readonly #bytes: DataView;
  readonly #views = new Map<ElementType, Elements>();

  /** @param buffer its length a multiple of 8 */
  constructor(buffer: SharedArrayBuffer) {
    this.#buffer = buffer;
    this.#bytes = new DataView(buffer);
  }

  /**
   * Does the operation, as the thread that calls this. A `wait` sleeps for real.
   * @param limitMs of a sleep
   */
  perform(operation: Operation, limitMs: number): Result {
    const { name, cell } = operation;
    if (name === 'read') return this.#isElement(cell) ? this.#view(cell)[indexOf(cell)] : readCell(this.#bytes, cell);
    if (name === 'write') {
      if (this.#isElement(cell)) this.#view(cell)[indexOf(cell)] = operation.value;
      else writeCell(this.#bytes, cell, operation.value);
      return undefined;
    }
    // Which of the typed arrays it is, and whether its elements are bigints, was seen to when the operation was made.
    const view = this.#view(cell) as unknown as Int32Array;
    const index = indexOf(cell);
    switch (name) {
      case 'load':
        return Atomics.load(view, index);
      case 'store':
        Atomics.store(view, index, operation.value as number);
        return undefined;
      case 'compareExchange':
        return Atomics.compareExchange(view, index, operation.expected as number, operation.value as number);
      case 'wait':
        return Atomics.wait(view, index, operation.value as number, limitMs);
      case 'notify':
        return Atomics.notify(view, index, operation.count ?? Number.POSITIVE_INFINITY);
      default:
        return Atomics[name](view, index, operation.value as number);
    }
  }

  /** A DataView may read and write where no element begins, and the other way round. */
  #isElement(cell: Cell): boolean {
    return !cell.bigEndian && Number.isInteger(indexOf(cell));
  }

  #view({ type }: Cell): Elements {
    let view = this.#views.get(type);
    if (!view) {
      const constructor = (globalThis as unknown as Record<string, new (buffer: SharedArrayBuffer) => Elements>)[type];
      if (!constructor) throw new Error(`this Node has no ${type}`);
      view = new constructor(this.#buffer);
      this.#views.set(type, view);
    }
    return view;
  }
}

function indexOf({ address, type }: Cell): number {
  return address / elementBytes[type];
}
