// All contents that memory ever has in a search, each with a number; and what each operation makes of each of them, found out
// once. Under `tso` a content includes the stores of each thread that are on their way.
import { apply, readCell, writeCell } from './memory.ts';
import { isPlain, type Operation, type Result, type Value } from './operation.ts';
import { PairMap } from './pair-map.ts';
import type { Interned } from './interned.ts';

/** Sequential consistency, or a store buffer for each thread as on x86 (total store order). */
export type MemoryModel = 'sc' | 'tso';

interface Pending {
  readonly operation: Extract<Operation, { name: 'write' }>;
}

interface Content {
  readonly bytes: Uint8Array;
  /** for each thread, oldest first; none under sc */
  readonly buffers: readonly (readonly Pending[])[];
}

export class Memories {
  readonly #model: MemoryModel;
  readonly #operations: Interned<Operation>;
  readonly #results: Interned<Result>;
  readonly #contents: Content[] = [];
  readonly #numbers = new Map<string, number>();
  /** (memory, operation, thread) -> index in #effects; the thread matters under tso alone */
  readonly #known = new PairMap();
  readonly #effects: { readonly memory: number; readonly result: number }[] = [];
  readonly #threads: number;

  constructor(model: MemoryModel, threads: number, operations: Interned<Operation>, results: Interned<Result>) {
    this.#model = model;
    this.#threads = threads;
    this.#operations = operations;
    this.#results = results;
  }

  /** @returns the number of a memory that holds these bytes, with nothing on its way */
  initial(bytes: Uint8Array): number {
    return this.#number({ bytes, buffers: Array.from({ length: this.#threads }, () => []) });
  }

  bytes(memory: number): Uint8Array {
    return this.#content(memory).bytes;
  }

  /** What a thread sees: the bytes, with its own stores that are on their way. */
  seenBy(memory: number, thread: number): Uint8Array {
    const { bytes, buffers } = this.#content(memory);
    const pending = buffers[thread] ?? [];
    if (pending.length === 0) return bytes;
    const copy = bytes.slice();
    const view = new DataView(copy.buffer);
    for (const { operation } of pending) writeCell(view, operation.cell, operation.value);
    return copy;
  }

  /** How many stores of a thread are on their way. */
  pending(memory: number, thread: number): number {
    return this.#content(memory).buffers[thread]?.length ?? 0;
  }

  oldestPending(memory: number, thread: number): Operation | undefined {
    return this.#content(memory).buffers[thread]?.[0]?.operation;
  }

  /** Whether an operation has to wait until the thread's stores are out: each of Atomics is a fence. */
  mustDrainFirst(memory: number, operation: Operation, thread: number): boolean {
    return this.#model === 'tso' && !isPlain(operation) && this.pending(memory, thread) > 0;
  }

  /** What an operation of a thread does. Both numbers are interned ones. */
  effect(memory: number, operation: number, thread: number): { readonly memory: number; readonly result: number } {
    const asked = this.#model === 'tso' ? operation * this.#threads + thread : operation;
    let known = this.#known.get(memory, asked);
    if (known < 0) {
      known = this.#effects.push(this.#compute(memory, this.#operations.at(operation), thread)) - 1;
      this.#known.set(memory, asked, known);
    }
    return this.#effects[known] as { memory: number; result: number };
  }

  /** The oldest store of a thread that is on its way reaches memory. */
  drained(memory: number, thread: number): number {
    const { bytes, buffers } = this.#content(memory);
    const copy = bytes.slice();
    const oldest = buffers[thread]?.[0];
    if (oldest) writeCell(new DataView(copy.buffer), oldest.operation.cell, oldest.operation.value);
    return this.#number({
      bytes: copy,
      buffers: buffers.map((buffer, owner) => (owner === thread ? buffer.slice(1) : buffer)),
    });
  }

  /** What a cell of memory holds, as a thread sees it. */
  valueIn(memory: number, operation: Operation, thread: number): Value {
    const seen = this.seenBy(memory, thread);
    return readCell(new DataView(seen.buffer, seen.byteOffset), operation.cell);
  }

  #compute(memory: number, operation: Operation, thread: number): { memory: number; result: number } {
    const content = this.#content(memory);
    if (this.#model === 'tso' && operation.name === 'write') {
      const buffers = content.buffers.map((buffer, owner) => (owner === thread ? [...buffer, { operation }] : buffer));
      return { memory: this.#number({ ...content, buffers }), result: this.#results.number(undefined) };
    }
    const copy = this.seenBy(memory, thread).slice();
    const result = apply(new DataView(copy.buffer), operation);
    const changes = operation.name !== 'read' && operation.name !== 'load';
    return {
      memory: changes ? this.#number({ bytes: copy, buffers: content.buffers }) : memory,
      result: this.#results.number(result),
    };
  }

  #content(memory: number): Content {
    return this.#contents[memory] as Content;
  }

  #number(content: Content): number {
    const key = this.#keyOf(content);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#contents.push(content) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  #keyOf({ bytes, buffers }: Content): string {
    const held = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    if (this.#model === 'sc') return held;
    const onTheirWay = buffers.map((buffer) =>
      buffer.map(({ operation }) => this.#operations.number(operation)).join(),
    );
    return `${held}|${onTheirWay.join(';')}`;
  }
}
