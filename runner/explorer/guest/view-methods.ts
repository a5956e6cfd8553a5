// Methods of a view that is a proxy: the realm's own want a real typed array. Those of arrays do not, and access one element
// after the other, as the operations of a run have to come.
import { elementBytes, type ElementType } from '../engine/operation.ts';
import { relative } from './element.ts';
import type { Globals, ViewShape } from './shared-memory.ts';

export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Of Array.prototype, they work on whatever has a length and elements. */
const generic = new Set(
  [
    'at copyWithin entries every fill find findIndex findLast findLastIndex forEach includes indexOf join keys',
    'lastIndexOf reduce reduceRight reverse some values toLocaleString',
  ]
    .join(' ')
    .split(' '),
);
/** Done by an array, and made a typed array of. */
const collecting = new Set(['map', 'filter', 'slice']);
/** Done on a typed array that nobody else has. */
const onCopy = new Set(['toReversed', 'toSorted', 'with']);

/** What the methods need of the memory that they belong to. */
export interface ViewMaker {
  readonly native: Globals;
  /** @throws TypeError of the realm for what is no shared view */
  shape(view: unknown): ViewShape;
  view(shape: ViewShape): object;
  error(name: string, message: string): Error;
}

type TypedArray = Record<string, Method>;

/** @returns the method of typed arrays that has this name, or undefined for none */
export function viewMethod(name: string, maker: ViewMaker): Method | undefined {
  const ofArrays = (maker.native.Array as { prototype: Record<string, Method> }).prototype;
  const onArray = (method: string, view: unknown, args: readonly unknown[]): unknown =>
    Reflect.apply(ofArrays[method] as Method, view, args);
  /** A typed array of the view's kind that is shared with nobody. */
  const typed = (view: unknown, elements: unknown): TypedArray =>
    new (maker.native[maker.shape(view).type] as new (elements: unknown) => TypedArray)(elements);
  const setElements = (view: unknown, source: unknown, offset: unknown = 0): void => {
    const { length } = maker.shape(view);
    const elements = onArray('slice', Object(source), []) as unknown[];
    const start = Math.trunc(Number(offset)) || 0;
    if (start < 0 || start + elements.length > length) throw maker.error('RangeError', 'offset is out of bounds');
    for (const [index, element] of elements.entries()) (view as { [index: number]: unknown })[start + index] = element;
  };
  if (generic.has(name)) return ofArrays[name];
  if (collecting.has(name))
    return function (...args) {
      return typed(this, onArray(name, this, args));
    };
  if (onCopy.has(name))
    return function (...args) {
      const copy = typed(this, onArray('slice', this, []));
      return Reflect.apply(copy[name] as Method, copy, args);
    };
  switch (name) {
    case 'toString':
      return ofArrays.join;
    case 'set':
      return function (source, offset) {
        setElements(this, source, offset);
      };
    case 'sort':
      return function (...args) {
        const copy = typed(this, onArray('slice', this, []));
        setElements(this, Reflect.apply(copy.sort as Method, copy, args));
        return this;
      };
    case 'subarray':
      return function (begin, end) {
        const shape = maker.shape(this);
        const from = relative(begin, shape.length, 0);
        const to = relative(end, shape.length, shape.length);
        const byteOffset = shape.byteOffset + from * elementBytes[shape.type as ElementType];
        return maker.view({ ...shape, byteOffset, length: Math.max(0, to - from) });
      };
  }
  return undefined;
}
