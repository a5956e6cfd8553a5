// What stands for a DataView over memory of the scenario.
import { elementBytes, type Cell, type ElementType } from '../operation.ts';
import type { Coercion } from './element.ts';
import type { Operator, ViewShape } from './shared-memory.ts';

export interface DataViewOf {
  readonly operator: Operator;
  readonly coercion: Coercion;
  buffer(extent: ViewShape['extent']): object;
  error(name: string, message: string): Error;
}

/** @param target a real one, of whose prototype it is */
export function makeDataView(target: object, shape: ViewShape, memory: DataViewOf): object {
  const { operator, coercion } = memory;
  const cellAt = (type: ElementType, offset: unknown, isLittle: unknown): Cell => {
    const at = Math.trunc(Number(offset)) || 0;
    if (at < 0 || at + elementBytes[type] > shape.length)
      throw memory.error('RangeError', 'Offset is outside the bounds of the DataView');
    const address = shape.extent.base + shape.byteOffset + at;
    return isLittle || elementBytes[type] === 1 ? { address, type } : { address, type, bigEndian: true };
  };
  return new Proxy(target, {
    get: (_, key) => {
      switch (key) {
        case 'byteLength':
          return shape.length;
        case 'byteOffset':
          return shape.byteOffset;
        case 'buffer':
          return memory.buffer(shape.extent);
      }
      const [, access, element] = /^(get|set)(\w+)$/.exec(typeof key === 'string' ? key : '') ?? [];
      const type = `${element}Array` as ElementType;
      if (!access || !(type in elementBytes) || !Reflect.has(target, key))
        return Reflect.get(target, key, target) as unknown;
      if (access === 'get')
        return (offset: unknown, isLittle: unknown) =>
          operator.operate({ name: 'read', cell: cellAt(type, offset, isLittle) });
      return (offset: unknown, value: unknown, isLittle: unknown) => {
        const stored = coercion.stored(type, value);
        operator.operate({ name: 'write', cell: cellAt(type, offset, isLittle), value: stored });
      };
    },
  });
}
