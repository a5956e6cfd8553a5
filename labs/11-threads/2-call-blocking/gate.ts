// Holds a function where it is until the driver lets it go on: two numbers in memory that both of them see. It makes
// the order of events certain where pauses would make it likely.

/** `[how many came to the gate, the number that was handed in when it was opened]` */
export type Gate = Int32Array<SharedArrayBuffer>;

const cameCell = 0;
const openCell = 1;
const shut = 0;
/** Handed in by somebody who has stopped waiting for the right moment. */
export const givenUp = -1;
/** Longer than any test may take: nobody sleeps for ever. */
const patienceMs = 20_000;

export function newGate(): Gate {
  return new Int32Array(new SharedArrayBuffer(8));
}

/**
 * Comes to the gate and blocks until it is open.
 * @returns the number that was handed in, or `givenUp`
 */
export function passGate(gate: Gate): number {
  if (!(gate instanceof Int32Array && gate.buffer instanceof SharedArrayBuffer)) {
    throw new TypeError('an argument was an Int32Array in shared memory, and something else arrived');
  }
  Atomics.add(gate, cameCell, 1);
  Atomics.wait(gate, openCell, shut, patienceMs);
  return Atomics.load(gate, openCell) || givenUp;
}

/** How many have come to the gate so far. */
export function cameTo(gate: Gate): number {
  return Atomics.load(gate, cameCell);
}

/** @param number any but 0; a gate that is open stays as it is */
export function openGate(gate: Gate, number: number): void {
  Atomics.compareExchange(gate, openCell, shut, number);
  Atomics.notify(gate, openCell);
}
