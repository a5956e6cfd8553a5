// Numbers as typed arrays take them: which keys are indices, what a value becomes when it is stored.
import { elementBytes, type Cell, type ElementType, type Value } from '../engine/operation.ts';
import type { Globals, ViewShape } from './shared-memory.ts';

/** The number that a key of a typed array means (ECMA-262, CanonicalNumericIndexString), or undefined for a name. */
export function indexOf(key: PropertyKey): number | undefined {
  if (typeof key !== 'string') return undefined;
  if (key === '-0') return -0;
  const number = Number(key);
  return String(number) === key ? number : undefined;
}

/** Whether there is an element under the index. */
export function isWithin(index: number, length: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < length && !Object.is(index, -0);
}

/** The cell of an element. */
export function cellOf(shape: ViewShape, index: number): Cell {
  const type = shape.type as ElementType;
  return { address: shape.extent.base + shape.byteOffset + index * elementBytes[type], type };
}

export function isBig(type: ElementType): boolean {
  return type === 'BigInt64Array' || type === 'BigUint64Array';
}

/** ECMA-262, ToIntegerOrInfinity */
export function whole(value: unknown): number {
  const number = Number(value);
  return Number.isNaN(number) ? 0 : Math.trunc(number) + 0;
}

/** An index that may count from the end, as `slice` takes it. */
export function relative(index: unknown, length: number, otherwise: number): number {
  if (index === undefined) return otherwise;
  const at = whole(index);
  return at < 0 ? Math.max(0, length + at) : Math.min(at, length);
}

/** What an element of this type would hold, after the conversions that a typed array of the realm does. */
export class Coercion {
  readonly #native: Globals;
  readonly #scratch = new Map<ElementType, { [index: number]: Value }>();

  constructor(native: Globals) {
    this.#native = native;
  }

  /** @throws TypeError of the realm, as storing it would: a number for a bigint */
  stored(type: ElementType, value: unknown): Value {
    let scratch = this.#scratch.get(type);
    if (!scratch) {
      const constructor = this.#native[type] as new (length: number) => { [index: number]: Value };
      scratch = new constructor(1);
      this.#scratch.set(type, scratch);
    }
    scratch[0] = value as Value;
    return scratch[0];
  }
}
