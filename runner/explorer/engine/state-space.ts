// The states of a scenario and the steps between them. A state is where each thread is (a node of its tree), what memory holds
// and who sleeps: a row of small numbers in one typed array, found again by hashing. It knows nothing of what is searched
// for.
import { conflict, type Operation } from './operation.ts';
import type { Memories } from './memories.ts';
import type { Program } from './program.ts';
import type { Waiters } from './waiters.ts';

/** One step: a thread does its next operation, its wait runs out of time, or (tso) its oldest store reaches memory. */
export interface Move {
  readonly thread: number;
  readonly kind: 'operation' | 'expiry' | 'drain';
}

/** What has to be learnt of a thread's code before a step can be taken. */
export interface Need {
  readonly node: number;
  /** interned */
  readonly result: number;
  /** as the thread will see it */
  readonly memory: Uint8Array;
}

export interface Successor {
  readonly move: Move;
  readonly state: number;
}

const unset = -1;

export class StateSpace {
  readonly threads: number;
  readonly program: Program;
  readonly memories: Memories;
  readonly waiters: Waiters;
  readonly #width: number;
  #rows: Int32Array;
  #count = 0;
  #table = new Int32Array(4096).fill(unset);
  /** Where time has been seen to be the only thing that can go on. */
  readonly #timePasses = new Set<number>();
  readonly #moves: readonly (readonly Move[])[];
  readonly #scratch: Int32Array;
  readonly #conflicts = new Map<number, boolean>();
  #need: Need | undefined;
  /** interned results */
  readonly #ok: number;
  readonly #nobody: number;

  constructor(program: Program, memories: Memories, waiters: Waiters) {
    this.program = program;
    this.memories = memories;
    this.waiters = waiters;
    this.threads = program.threads;
    this.#ok = program.results.number('ok');
    this.#nobody = program.results.number(0);
    this.#width = this.threads + 2;
    this.#rows = new Int32Array(this.#width * 1024);
    this.#scratch = new Int32Array(this.#width);
    this.#moves = Array.from({ length: this.threads }, (_, thread) =>
      (['operation', 'expiry', 'drain'] as const).map((kind) => ({ thread, kind })),
    );
  }

  get size(): number {
    return this.#count;
  }

  /** @returns the state in which every thread stands at its root */
  initial(roots: readonly number[], memory: number): number {
    this.#scratch.set(roots);
    this.#scratch[this.threads] = memory;
    this.#scratch[this.threads + 1] = 0;
    return this.#intern();
  }

  node(state: number, thread: number): number {
    return this.#rows[state * this.#width + thread] ?? 0;
  }

  memory(state: number): number {
    return this.#rows[state * this.#width + this.threads] ?? 0;
  }

  queue(state: number): number {
    return this.#rows[state * this.#width + this.threads + 1] ?? 0;
  }

  /** Whether the thread could go on now: also where what it does next is not looked at. */
  isEnabled(state: number, thread: number): boolean {
    const node = this.node(state, thread);
    if (this.program.operation(node) < 0) return this.program.next(node).kind === 'cut';
    return !this.waiters.sleeps(this.queue(state), thread);
  }

  /** The next operation of a thread that is enabled. */
  operationOf(state: number, thread: number): Operation | undefined {
    const next = this.program.next(this.node(state, thread));
    return next.kind === 'operation' ? next.operation : undefined;
  }

  /** From now on waits with a time limit may run out in this state. */
  letTimePass(state: number): void {
    this.#timePasses.add(state);
  }

  doesTimePass(state: number): boolean {
    return this.#timePasses.has(state);
  }

  /**
   * Adds what can happen next to `into`, threads in ascending order.
   * @returns what has to be learnt first, and then nothing was added
   */
  successors(state: number, into: Successor[]): Need | undefined {
    into.length = 0;
    this.#need = undefined;
    let isAnyEnabled = false;
    for (let thread = 0; thread < this.threads; thread += 1) {
      if (this.memories.pending(this.memory(state), thread) > 0) {
        this.#push(into, thread, 2, this.#drained(state, thread));
        isAnyEnabled = true;
      }
      if (!this.isEnabled(state, thread)) continue;
      isAnyEnabled = true;
      const operation = this.operationOf(state, thread);
      if (!operation || this.memories.mustDrainFirst(this.memory(state), operation, thread)) continue;
      this.#push(into, thread, 0, this.#operated(state, thread));
    }
    if (!isAnyEnabled || this.#timePasses.has(state)) {
      for (const { thread, isTimed } of this.waiters.at(this.queue(state)))
        if (isTimed) this.#push(into, thread, 1, this.#expired(state, thread));
    }
    return this.#need;
  }

  /** Two threads whose next operations race: unordered, conflicting, one of them plain. */
  race(state: number): readonly [number, number] | undefined {
    for (let first = 0; first < this.threads; first += 1) {
      const one = this.program.operation(this.node(state, first));
      if (one < 0 || !this.isEnabled(state, first)) continue;
      for (let second = first + 1; second < this.threads; second += 1) {
        const other = this.program.operation(this.node(state, second));
        if (other < 0 || !this.#doConflict(one, other) || !this.isEnabled(state, second)) continue;
        if (this.#doConflict(this.#inEffect(state, one, first), this.#inEffect(state, other, second)))
          return [first, second];
      }
    }
    return undefined;
  }

  /** A compareExchange that does not find what it expects only reads (ECMA-262, AtomicCompareExchangeInSharedBlock). */
  #inEffect(state: number, number: number, thread: number): number {
    const { operations, results } = this.program;
    const operation = operations.at(number);
    if (operation.name !== 'compareExchange') return number;
    const found = results.at(this.memories.effect(this.memory(state), number, thread).result);
    return found === operation.expected ? number : operations.number({ name: 'load', cell: operation.cell });
  }

  #doConflict(one: number, other: number): boolean {
    const key = one * 2 ** 24 + other;
    let known = this.#conflicts.get(key);
    if (known === undefined) {
      const { operations } = this.program;
      known = conflict(operations.at(one), operations.at(other));
      this.#conflicts.set(key, known);
    }
    return known;
  }

  #push(into: Successor[], thread: number, kind: 0 | 1 | 2, state: number): void {
    if (state >= 0) into.push({ move: this.#moves[thread]?.[kind] as Move, state });
  }

  /** @returns -1 when something has to be learnt first */
  #operated(state: number, thread: number): number {
    const row = this.#copied(state);
    const node = row[thread] ?? 0;
    const number = this.program.operation(node);
    const effect = this.memories.effect(this.memory(state), number, thread);
    row[this.threads] = effect.memory;
    const { name } = this.program.operations.at(number);
    if (name === 'wait' && effect.result === this.#ok) return this.#asleep(row, number, thread);
    const result = name === 'notify' ? this.#woken(row, number, effect.memory) : effect.result;
    row[thread] = this.#child(node, result, effect.memory, thread);
    return this.#need ? -1 : this.#intern();
  }

  #asleep(row: Int32Array, number: number, thread: number): number {
    const operation = this.program.operations.at(number) as Extract<Operation, { name: 'wait' }>;
    const isTimed = operation.timeoutMs !== null;
    const queue = row[this.threads + 1] ?? 0;
    row[this.threads + 1] = this.waiters.with(queue, { thread, address: operation.cell.address, isTimed });
    return this.#intern();
  }

  /** Wakes whom a `notify` wakes. @returns how many, interned */
  #woken(row: Int32Array, number: number, memory: number): number {
    const { cell, count } = this.program.operations.at(number) as Extract<Operation, { name: 'notify' }>;
    const queue = row[this.threads + 1] ?? 0;
    const asleep = queue === 0 ? [] : this.waiters.at(queue).filter(({ address }) => address === cell.address);
    if (asleep.length === 0) return this.#nobody;
    const woken = asleep.slice(0, count ?? asleep.length).map(({ thread }) => thread);
    row[this.threads + 1] = this.waiters.without(queue, woken);
    for (const sleeper of woken) row[sleeper] = this.#child(row[sleeper] ?? 0, this.#ok, memory, sleeper);
    return this.program.results.number(woken.length);
  }

  #expired(state: number, thread: number): number {
    const row = this.#copied(state);
    row[this.threads + 1] = this.waiters.without(this.queue(state), [thread]);
    row[thread] = this.#child(row[thread] ?? 0, this.program.results.number('timed-out'), this.memory(state), thread);
    return this.#need ? -1 : this.#intern();
  }

  /** The scratch row, with a state in it. */
  #copied(state: number): Int32Array {
    const row = this.#scratch;
    const from = state * this.#width;
    for (let at = 0; at < this.#width; at += 1) row[at] = this.#rows[from + at] ?? 0;
    return row;
  }

  #drained(state: number, thread: number): number {
    const row = this.#copied(state);
    row[this.threads] = this.memories.drained(this.memory(state), thread);
    return this.#intern();
  }

  #child(node: number, result: number, memory: number, thread: number): number {
    const child = this.program.child(node, result);
    if (child < 0) this.#need ??= { node, result, memory: this.memories.seenBy(memory, thread).slice() };
    return child;
  }

  /** @returns the number of the state in the scratch row */
  #intern(): number {
    const row = this.#scratch;
    const width = this.#width;
    let hash = 0;
    for (let at = 0; at < width; at += 1) hash = Math.imul(hash ^ (row[at] ?? 0), 0x9e3779b1) ^ (hash >>> 15);
    hash ^= hash >>> 16;
    const mask = this.#table.length - 1;
    let slot = hash & mask;
    for (; ; slot = (slot + 1) & mask) {
      const state = this.#table[slot] ?? unset;
      if (state === unset) break;
      if (this.#isRow(state)) return state;
    }
    if (this.#rows.length < (this.#count + 1) * width) this.#growRows();
    this.#rows.set(row, this.#count * width);
    this.#table[slot] = this.#count;
    this.#count += 1;
    if (2 * this.#count > this.#table.length) this.#growTable();
    return this.#count - 1;
  }

  #isRow(state: number): boolean {
    const from = state * this.#width;
    for (let at = 0; at < this.#width; at += 1) if (this.#rows[from + at] !== this.#scratch[at]) return false;
    return true;
  }

  #growRows(): void {
    const rows = new Int32Array(2 * this.#rows.length);
    rows.set(this.#rows);
    this.#rows = rows;
  }

  #growTable(): void {
    const table = new Int32Array(4 * this.#table.length).fill(unset);
    const mask = table.length - 1;
    const width = this.#width;
    for (let state = 0; state < this.#count; state += 1) {
      let hash = 0;
      for (let at = 0; at < width; at += 1)
        hash = Math.imul(hash ^ (this.#rows[state * width + at] ?? 0), 0x9e3779b1) ^ (hash >>> 15);
      hash ^= hash >>> 16;
      let slot = hash & mask;
      while (table[slot] !== unset) slot = (slot + 1) & mask;
      table[slot] = state;
    }
    this.#table = table;
  }
}
