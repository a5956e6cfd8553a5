// Texts that are the same for what is the same, and for nothing else: by which operations, results and places are interned.
import type { Operation, Place, Result } from './operation.ts';

export function resultKey(result: Result): string {
  return Object.is(result, -0) ? 'number -0' : `${typeof result} ${String(result)}`;
}

export function operationKey(operation: Operation): string {
  const { address, type, bigEndian } = operation.cell;
  const operands = [
    'value' in operation ? resultKey(operation.value) : '',
    'expected' in operation ? resultKey(operation.expected) : '',
    'timeoutMs' in operation ? String(operation.timeoutMs) : '',
    'count' in operation ? String(operation.count) : '',
  ];
  return `${operation.name} ${type} ${address} ${bigEndian ?? ''} ${operands.join(' ')}`;
}

export function placesKey(places: readonly Place[]): string {
  return places.map(({ file, line, column }) => `${file}:${line}:${column}`).join(' ');
}
