// What stands for Atomics: on memory of the scenario each function is an operation of the run, on any other memory it is what it
// always was.
import type { Value } from '../engine/operation.ts';
import { cellOf, isBig, isWithin, whole, type Coercion } from './element.ts';
import type { Globals, Operator, ViewShape } from './shared-memory.ts';
import type { Method } from './view-methods.ts';

/** What this needs of the memory that it belongs to. */
export interface AtomicsOf {
  readonly native: Globals;
  readonly operator: Operator;
  readonly coercion: Coercion;
  shapeOf(value: unknown): ViewShape | undefined;
  error(name: string, message: string): Error;
}

const changes = new Set(['add', 'sub', 'and', 'or', 'xor', 'exchange']);

export function makeAtomics(memory: AtomicsOf): Record<string, unknown> {
  const native = memory.native.Atomics as Record<string, Method>;
  const atomics: Record<string, unknown> = {};
  for (const [name, own] of Object.entries(Object.getOwnPropertyDescriptors(native))) {
    atomics[name] = name === 'isLockFree' || name === 'pause' ? own.value : atomic(name, own.value as Method, memory);
  }
  Object.defineProperty(atomics, Symbol.toStringTag, { value: 'Atomics', configurable: true });
  return atomics;
}

function atomic(name: string, native: Method, memory: AtomicsOf): Method {
  return (...args) => {
    const { operator } = memory;
    if (name === 'waitAsync') return operator.refuse('Atomics.waitAsync cannot be explored: wait with Atomics.wait');
    const shape = memory.shapeOf(args[0]);
    if (shape) return operation(name, shape, args.slice(1), memory);
    if (name === 'wait') return operator.refuse('Atomics.wait on memory that nobody else has');
    return Reflect.apply(native, undefined, args);
  };
}

function operation(name: string, shape: ViewShape, [index, first, second]: unknown[], memory: AtomicsOf): unknown {
  const { type } = shape;
  const { operator, coercion, native } = memory;
  const takes = name === 'wait' || name === 'notify' ? /^(Int32|BigInt64)Array$/ : /^(Big)?U?[Ii]nt(8|16|32|64)Array$/;
  if (type === 'DataView' || !takes.test(type))
    throw memory.error('TypeError', `[object ${type}] is not an integer shared typed array.`);
  const isNumber = (value: unknown): boolean => typeof value === (isBig(type) ? 'bigint' : 'number');
  const isOfOtherKind = (value: unknown): boolean => /^(number|bigint)$/.test(typeof value) && !isNumber(value);
  if (
    typeof index === 'bigint' ||
    (name !== 'notify' && isOfOtherKind(first)) ||
    (name === 'compareExchange' && isOfOtherKind(second))
  )
    throw memory.error('TypeError', 'Cannot mix BigInt and other types, use explicit conversions');
  const at = Math.trunc(Number(index)) || 0;
  if (!isWithin(at, shape.length)) throw memory.error('RangeError', 'Invalid atomic access index');
  const cell = cellOf(shape, at);
  const element = (value: unknown): Value => coercion.stored(type, isBig(type) ? value : whole(value));
  switch (name) {
    case 'load':
      return operator.operate({ name, cell });
    case 'store': {
      // It gives back what it was given, as an integer, and not what fits.
      const given = isBig(type) ? (native.BigInt as (value: unknown) => bigint)(first) : whole(first);
      operator.operate({ name, cell, value: coercion.stored(type, given) });
      return given;
    }
    case 'compareExchange':
      return operator.operate({ name, cell, expected: element(first), value: element(second) });
    case 'wait': {
      const timeout = second === undefined ? Number.NaN : Number(second);
      const isForEver = Number.isNaN(timeout) || timeout === Number.POSITIVE_INFINITY;
      return operator.operate({
        name,
        cell,
        value: element(first),
        timeoutMs: isForEver ? null : Math.max(timeout, 0),
      });
    }
    case 'notify': {
      const isAll = first === undefined || whole(first) === Number.POSITIVE_INFINITY;
      return operator.operate({
        name,
        cell,
        count: isAll ? null : Math.max(0, Math.min(whole(first), Number.MAX_SAFE_INTEGER)),
      });
    }
  }
  if (!changes.has(name)) return operator.refuse(`Atomics.${name} cannot be explored`);
  return operator.operate({ name: name as 'add', cell, value: element(first) });
}
