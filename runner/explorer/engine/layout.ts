// Where the scenario's buffers lie in memory, and what their cells are called. `setup` makes real buffers; here they become
// one row of bytes, and each view of them a shape that can cross to a thread.
import { elementBytes, type Cell, type ElementType } from './operation.ts';
import type { Extent, ViewShape } from '../guest/shared-memory.ts';

export interface NamedView {
  /** as the scenario writes it: `lock`, `queue.slots` */
  readonly path: string;
  readonly shape: ViewShape;
}

/** Every buffer begins where any element may. */
const alignment = 8;

export class Layout {
  readonly #extents = new Map<SharedArrayBuffer, Extent>();
  readonly #views: NamedView[] = [];
  #byteLength = 0;

  /** Finds the views in what `setup` returned. */
  static of(shared: unknown): Layout {
    const layout = new Layout();
    layout.#find(shared, '', new Set());
    return layout;
  }

  /** One that knows names and has no memory: for whoever shows a schedule elsewhere. */
  static named(views: readonly NamedView[]): Layout {
    const layout = new Layout();
    layout.#views.push(...views);
    return layout;
  }

  get buffers(): readonly SharedArrayBuffer[] {
    return [...this.#extents.keys()];
  }

  get byteLength(): number {
    return this.#byteLength;
  }

  get views(): readonly NamedView[] {
    return this.#views;
  }

  /** The shape of a view of shared memory, or undefined for all else. */
  readonly shapeOf = (value: unknown): ViewShape | undefined => {
    if (!ArrayBuffer.isView(value) || !(value.buffer instanceof SharedArrayBuffer)) return undefined;
    const isDataView = value instanceof DataView;
    return {
      type: isDataView ? 'DataView' : (Reflect.get(value, Symbol.toStringTag) as ElementType),
      extent: this.#extent(value.buffer),
      byteOffset: value.byteOffset,
      length: isDataView ? value.byteLength : (value as Int32Array).length,
    };
  };

  readonly extentOf = (value: unknown): Extent | undefined =>
    value instanceof SharedArrayBuffer ? this.#extent(value) : undefined;

  /** The bytes of all buffers as they are now. */
  read(): Uint8Array {
    const bytes = new Uint8Array(this.#byteLength);
    for (const [buffer, { base }] of this.#extents) bytes.set(new Uint8Array(buffer), base);
    return bytes;
  }

  /** Puts the bytes into the buffers. */
  write(bytes: Uint8Array): void {
    for (const [buffer, { base, byteLength }] of this.#extents)
      new Uint8Array(buffer).set(bytes.subarray(base, base + byteLength));
  }

  /** What the author calls a cell: `counter[0]`. */
  nameOf({ address, type }: Cell): string {
    const within = this.#views.filter(({ shape }) => {
      const from = shape.extent.base + shape.byteOffset;
      return address >= from && address < from + shape.length * bytesOf(shape.type);
    });
    const exact = within.find(({ shape }) => shape.type === type) ?? within[0];
    if (!exact) return `byte ${address}`;
    const { path, shape } = exact;
    const offset = address - shape.extent.base - shape.byteOffset;
    const bytes = bytesOf(shape.type);
    const index = `[${Math.floor(offset / bytes)}]`;
    if (shape.type === type) return `${path}${index}`;
    return shape.type === 'DataView'
      ? `${path}@${offset}`
      : `${path}${index}${offset % bytes ? `+${offset % bytes}` : ''} as ${type.replace('Array', '')}`;
  }

  #find(value: unknown, path: string, seen: Set<object>): void {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (value instanceof SharedArrayBuffer) {
      this.#views.push({
        path: path || 'shared',
        shape: { type: 'Uint8Array', extent: this.#extent(value), byteOffset: 0, length: value.byteLength },
      });
      return;
    }
    const shape = this.shapeOf(value);
    if (shape) {
      this.#views.push({ path: path || 'shared', shape });
      return;
    }
    const entries = value instanceof Map ? [...value] : Object.entries(value);
    for (const [key, item] of entries as [unknown, unknown][]) {
      const step = Array.isArray(value) ? `[${String(key)}]` : `${path ? '.' : ''}${String(key)}`;
      this.#find(item, `${path}${step}`, seen);
    }
  }

  #extent(buffer: SharedArrayBuffer): Extent {
    let extent = this.#extents.get(buffer);
    if (!extent) {
      extent = { base: this.#byteLength, byteLength: buffer.byteLength };
      this.#extents.set(buffer, extent);
      this.#byteLength += Math.ceil(buffer.byteLength / alignment) * alignment;
    }
    return extent;
  }
}

function bytesOf(type: ElementType | 'DataView'): number {
  return type === 'DataView' ? 1 : elementBytes[type];
}
