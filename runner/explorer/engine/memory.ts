// What operations do to bytes. It knows nothing of threads: who sleeps and who is woken is the search's matter.
import type { Cell, Change, Operation, Result, Value } from './operation.ts';

/** @returns what `cell` of `memory` holds */
export function readCell(memory: DataView, { address, type, bigEndian }: Cell): Value {
  const little = !bigEndian;
  switch (type) {
    case 'Int8Array':
      return memory.getInt8(address);
    case 'Uint8Array':
    case 'Uint8ClampedArray':
      return memory.getUint8(address);
    case 'Int16Array':
      return memory.getInt16(address, little);
    case 'Uint16Array':
      return memory.getUint16(address, little);
    case 'Int32Array':
      return memory.getInt32(address, little);
    case 'Uint32Array':
      return memory.getUint32(address, little);
    case 'Float16Array':
      return (memory as WithFloat16).getFloat16(address, little);
    case 'Float32Array':
      return memory.getFloat32(address, little);
    case 'Float64Array':
      return memory.getFloat64(address, little);
    case 'BigInt64Array':
      return memory.getBigInt64(address, little);
    case 'BigUint64Array':
      return memory.getBigUint64(address, little);
  }
}

/** Writes what fits: higher bits are dropped, as a typed array drops them. */
export function writeCell(memory: DataView, { address, type, bigEndian }: Cell, value: Value): void {
  const little = !bigEndian;
  const number = value as number;
  switch (type) {
    case 'BigInt64Array':
      return memory.setBigInt64(address, value as bigint, little);
    case 'BigUint64Array':
      return memory.setBigUint64(address, value as bigint, little);
    case 'Int8Array':
      return memory.setInt8(address, number);
    case 'Uint8Array':
      return memory.setUint8(address, number);
    case 'Uint8ClampedArray':
      // To the nearest, halves to even.
      return memory.setUint8(address, new Uint8ClampedArray([number])[0] ?? 0);
    case 'Int16Array':
      return memory.setInt16(address, number, little);
    case 'Uint16Array':
      return memory.setUint16(address, number, little);
    case 'Int32Array':
      return memory.setInt32(address, number, little);
    case 'Uint32Array':
      return memory.setUint32(address, number, little);
    case 'Float16Array':
      return (memory as WithFloat16).setFloat16(address, number, little);
    case 'Float32Array':
      return memory.setFloat32(address, number, little);
    case 'Float64Array':
      return memory.setFloat64(address, number, little);
  }
}

/**
 * Does to the bytes what the operation does, and says what it gives back. A `wait` gives `not-equal` or, where it
 * would sleep, `ok`; `notify` gives undefined: how many it wakes is not to be seen in the bytes.
 */
export function apply(memory: DataView, operation: Operation): Result {
  switch (operation.name) {
    case 'read':
    case 'load':
      return readCell(memory, operation.cell);
    case 'write':
    case 'store':
      writeCell(memory, operation.cell, operation.value);
      return undefined;
    case 'wait':
      if (readCell(memory, operation.cell) !== operation.value) return 'not-equal';
      return operation.timeoutMs === 0 ? 'timed-out' : 'ok';
    case 'notify':
      return undefined;
    case 'compareExchange': {
      const before = readCell(memory, operation.cell);
      if (before === operation.expected) writeCell(memory, operation.cell, operation.value);
      return before;
    }
    default: {
      const before = readCell(memory, operation.cell);
      writeCell(memory, operation.cell, changed(before, operation.name, operation.value));
      return before;
    }
  }
}

function changed(before: Value, change: Change, value: Value): Value {
  if (typeof before === 'bigint' && typeof value === 'bigint') {
    switch (change) {
      case 'add':
        return before + value;
      case 'sub':
        return before - value;
      case 'and':
        return before & value;
      case 'or':
        return before | value;
      case 'xor':
        return before ^ value;
      case 'exchange':
        return value;
    }
  }
  const [a, b] = [before as number, value as number];
  switch (change) {
    case 'add':
      return a + b;
    case 'sub':
      return a - b;
    case 'and':
      return a & b;
    case 'or':
      return a | b;
    case 'xor':
      return a ^ b;
    case 'exchange':
      return b;
  }
}

/** Not in TypeScript's library yet. */
interface WithFloat16 extends DataView {
  getFloat16(address: number, littleEndian?: boolean): number;
  setFloat16(address: number, value: number, littleEndian?: boolean): void;
}
