// How the driver holds a thread at a point and lets it go on: two numbers in memory that both of them see. It makes the
// order of events certain where pauses would make it likely.

/** `[how many threads came to the gate, how far it is open]` */
export type Gate = Int32Array<SharedArrayBuffer>;

const cameCell = 0;
const openCell = 1;
/** Thrown open by somebody who has stopped waiting for the right moment. */
const givenUp = -1;
/** Longer than any test may take: no thread sleeps for ever. */
const patienceMs = 20_000;

export function newGate(): Gate {
  return new Int32Array(new SharedArrayBuffer(8));
}

/**
 * In a thread: comes to the gate and sleeps until it is open as far as `place`.
 * @returns false when the gate was given up
 */
export function passGate(gate: Gate, place = 1): boolean {
  Atomics.add(gate, cameCell, 1);
  for (let open = Atomics.load(gate, openCell); open !== givenUp; open = Atomics.load(gate, openCell)) {
    if (open >= place) return true;
    if (Atomics.wait(gate, openCell, open, patienceMs) === 'timed-out') return false;
  }
  return false;
}

/** How many threads have come to the gate so far. */
export function cameTo(gate: Gate): number {
  return Atomics.load(gate, cameCell);
}

/** Lets through whoever has a place up to `place`, one of those that are still to come, too. */
export function openGate(gate: Gate, place = 1): void {
  Atomics.store(gate, openCell, place);
  Atomics.notify(gate, openCell);
}

/** Lets everybody through, and tells them that what they waited for did not happen. */
export function giveUpGate(gate: Gate): void {
  openGate(gate, givenUp);
}
