// What a thread does to shared memory, as data: the alphabet of every schedule. Each of these is one indivisible step, as
// in ECMAScript's memory model; a plain access of a thread that races is one, too, which is why a race is a failure of its
// own.

/** Bytes of one element. */
export const elementBytes = {
  Int8Array: 1,
  Uint8Array: 1,
  Uint8ClampedArray: 1,
  Int16Array: 2,
  Uint16Array: 2,
  Int32Array: 4,
  Uint32Array: 4,
  Float16Array: 2,
  Float32Array: 4,
  Float64Array: 8,
  BigInt64Array: 8,
  BigUint64Array: 8,
} as const;

/** Named after the typed array whose elements they are. */
export type ElementType = keyof typeof elementBytes;

/** Where in memory, and what the bytes there mean. */
export interface Cell {
  /** bytes from the beginning of the memory, in which the buffers lie one after the other (layout.ts) */
  readonly address: number;
  readonly type: ElementType;
  /** of a DataView that was not asked for little-endian */
  readonly bigEndian?: true;
}

/** An element. */
export type Value = number | bigint;

/** What an operation gives back to the thread. */
export type Result = Value | 'ok' | 'not-equal' | 'timed-out' | undefined;

export type Operation =
  /** plain accesses */
  | { readonly name: 'read'; readonly cell: Cell }
  | { readonly name: 'write'; readonly cell: Cell; readonly value: Value }
  /** of Atomics */
  | { readonly name: 'load'; readonly cell: Cell }
  | { readonly name: 'store' | Change; readonly cell: Cell; readonly value: Value }
  | { readonly name: 'compareExchange'; readonly cell: Cell; readonly expected: Value; readonly value: Value }
  /** `timeoutMs` null: for ever */
  | { readonly name: 'wait'; readonly cell: Cell; readonly value: Value; readonly timeoutMs: number | null }
  /** `count` null: all */
  | { readonly name: 'notify'; readonly cell: Cell; readonly count: number | null };

/** What reads and writes in one step and gives back what was there. */
export type Change = 'add' | 'sub' | 'and' | 'or' | 'xor' | 'exchange';

/** Where in the source: 1-based. */
export interface Place {
  /** absolute */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** the function's name, or '' */
  readonly within: string;
}

export function isPlain(operation: Operation): boolean {
  return operation.name === 'read' || operation.name === 'write';
}

/** Whether it changes bytes, whatever they hold. Waiting and notifying change who waits, not what is there. */
export function isWrite({ name }: Operation): boolean {
  return name !== 'read' && name !== 'load' && name !== 'wait' && name !== 'notify';
}

/**
 * Whether the two would race if nothing ordered them (ECMA-262, "Data Races"): they overlap, one of them writes, and not
 * both are atomic accesses of the very same bytes.
 */
export function conflict(a: Operation, b: Operation): boolean {
  if (!isWrite(a) && !isWrite(b)) return false;
  if (a.name === 'notify' || b.name === 'notify') return false;
  const [aBytes, bBytes] = [elementBytes[a.cell.type], elementBytes[b.cell.type]];
  const overlap = a.cell.address < b.cell.address + bBytes && b.cell.address < a.cell.address + aBytes;
  if (!overlap) return false;
  const isSameRange = a.cell.address === b.cell.address && aBytes === bBytes;
  return isPlain(a) || isPlain(b) || !isSameRange;
}
