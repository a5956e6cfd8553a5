// What stands for a DataView over memory of the scenario.
import { elementBytes, type Cell, type ElementType } from '../engine/operation.ts';
import type { Coercion } from './element.ts';
import type { Operator, ViewShape } from './shared-memory.ts';
import type { Method } from './view-methods.ts';

export interface DataViewOf {
  readonly operator: Operator;
  readonly coercion: Coercion;
  buffer(extent: ViewShape['extent']): object;
  error(name: string, message: string): Error;
}

/** @param target a real one, of whose prototype it is */
export function makeDataView(target: object, shape: ViewShape, memory: DataViewOf): object {
  return new Proxy(target, {
    get: (_, key, receiver) => {
      switch (key) {
        case 'byteLength':
          return shape.length;
        case 'byteOffset':
          return shape.byteOffset;
        case 'buffer':
          return memory.buffer(shape.extent);
      }
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
}

/** @returns what the method of this name does on shared memory, or undefined for one that accesses none */
export function dataViewMethod(
  name: string,
  memory: DataViewOf & { shape(view: unknown): ViewShape },
): Method | undefined {
  const [, access, element] = /^(get|set)(\w+)$/.exec(name) ?? [];
  const type = `${element}Array` as ElementType;
  if (!access || !(type in elementBytes)) return undefined;
  const { operator, coercion } = memory;
  const cellAt = (view: unknown, offset: unknown, isLittle: unknown): Cell => {
    const shape = memory.shape(view);
    const at = Math.trunc(Number(offset)) || 0;
    if (at < 0 || at + elementBytes[type] > shape.length)
      throw memory.error('RangeError', 'Offset is outside the bounds of the DataView');
    const address = shape.extent.base + shape.byteOffset + at;
    return isLittle || elementBytes[type] === 1 ? { address, type } : { address, type, bigEndian: true };
  };
  if (access === 'get')
    return function (offset, isLittle) {
      return operator.operate({ name: 'read', cell: cellAt(this, offset, isLittle) });
    };
  return function (offset, value, isLittle) {
    const stored = coercion.stored(type, value);
    operator.operate({ name: 'write', cell: cellAt(this, offset, isLittle), value: stored });
  };
}
