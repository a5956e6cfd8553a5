// Lets two threads go on at the same moment, round after round. It knows nothing of what they do then.

/** Words of a gate, far enough from each other not to share a cache line: 64 bytes on most machines. */
const [arrived, open, asleep] = [0, 16, 32];
const words = 48;
/** Who looks longer than this keeps a core busy that the other one may need. */
const looks = 5_000;

export function newGate(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4 * words));
}

/**
 * Returns in both threads when both have called it.
 * @param round 1 at the first call, and one more at each
 * @param atLast what the later of the two does before either goes on
 */
export function meet(gate: Int32Array, round: number, atLast: () => void = () => {}): void {
  if (Atomics.add(gate, arrived, 1) === 2 * round - 1) {
    atLast();
    Atomics.store(gate, open, round);
    if (Atomics.load(gate, asleep) > 0) Atomics.notify(gate, open);
    return;
  }
  for (let look = 0; look < looks; look++) if (Atomics.load(gate, open) === round) return;
  Atomics.add(gate, asleep, 1);
  // Comes back at once when the gate has been opened meanwhile.
  Atomics.wait(gate, open, round - 1);
  Atomics.sub(gate, asleep, 1);
}
