// A synchronous library, as there are many: each of its functions returns when it is through, and blocks the thread that
// called it until then. It knows nothing of who calls it.
import { isMainThread } from 'node:worker_threads';
import { givenUp, passGate, type Gate } from './gate.ts';

const bottleDeposit = 25;

/** Cents for so many bottles, with the deposit for each. */
export function priceOf(bottles: number, cents: number): number {
  return bottles * (cents + bottleDeposit);
}

/** Returns what it is given. */
export function same(value: unknown): unknown {
  return value;
}

/** Adds up everything that it is given, and leaves nothing of it. */
export function takeAll(points: Map<string, number>, bytes: Uint8Array): number {
  let sum = 0;
  for (const value of [...points.values(), ...bytes]) sum += value;
  points.clear();
  bytes.fill(0);
  return sum;
}

/** Blocks until a number is handed in at the first gate, computes with it, and blocks at the second gate. */
export function hold(gate: Gate, computed: Gate, rounds: number): number | undefined {
  neverOnTheMainThread();
  const seed = passGate(gate);
  if (seed === givenUp) return undefined;
  let value = seed;
  for (let round = 0; round < rounds; round += 1) value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0;
  // Stays until the time that it used has been read.
  passGate(computed);
  return value;
}

/** Blocks until all the others are there, and then until its turn has come. */
export function meet(gate: Gate, turn: Gate, word: number): number | undefined {
  neverOnTheMainThread();
  if (passGate(gate) === givenUp) return undefined;
  passGate(turn);
  return word;
}

/** Throws whatever it is given, as JavaScript allows. */
export function throwIt(value: unknown): never {
  throw value;
}

export function fail(reason: string, shelf: number): never {
  throw Object.assign(new RangeError(reason), { shelf });
}

/** Ends its thread in the middle of the call. */
export function leave(): never {
  neverOnTheMainThread();
  process.exit(0);
}

export function makeCounter(): () => number {
  let count = 0;
  return () => (count += 1);
}

/** Returns, and leaves a timer behind that looks after the connection. It beats for as long as its thread lives. */
export function connect(beats: Int32Array<SharedArrayBuffer>, _leaving: Gate, word: number): number {
  neverOnTheMainThread();
  setInterval(() => Atomics.add(beats, 0, 1), 10);
  return word;
}

/** Throws when its timer is already there. Its thread takes leave slowly: until the gate is open, or somebody ends it. */
export function connectInVain(beats: Int32Array<SharedArrayBuffer>, leaving: Gate, reason: string): never {
  connect(beats, leaving, 0);
  const { exit } = process;
  // Node ends a thread by it, when the main thread has been sent what was thrown.
  process.exit = (code) => {
    passGate(leaving);
    return exit(code);
  };
  throw new RangeError(reason);
}

/** Blocks for ever, and keeps a core busy. It beats for as long as its thread lives. */
export function spin(beats: Int32Array<SharedArrayBuffer>): never {
  neverOnTheMainThread();
  for (;;) Atomics.add(beats, 0, 1);
}

/** Blocks for ever, asleep. */
export function sleep(gate: Gate): void {
  neverOnTheMainThread();
  passGate(gate);
}

/** Blocks for a while, asleep, as a query does whose database is far away. */
export function query(word: number, ms: number): number {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  return Math.imul(word, 1_664_525);
}

/** In place of blocking the thread that would have to go on, so that the test can say what is wrong. */
function neverOnTheMainThread(): void {
  if (isMainThread) throw new Error(calledOnTheMainThread);
}

export const calledOnTheMainThread = 'the function was called on the main thread';
export const loadedOnTheMainThread = 'the module was loaded on the main thread';
