// One of two threads that put up a flag and look at the other one's, for store-buffer.ts: an order in, an answer out.
import { parentPort } from 'node:worker_threads';
import { meet } from './meet.module.ts';

export interface Rounds {
  readonly rounds: number;
  /** 0 or 1 */
  readonly id: number;
  readonly isAtomic: boolean;
  /** the two flags, each in a cache line of its own */
  readonly flags: Int32Array<SharedArrayBuffer>;
  /** what each of the two saw, and rounds in which neither saw the other's flag */
  readonly saw: Int32Array<SharedArrayBuffer>;
  readonly start: Int32Array<SharedArrayBuffer>;
  readonly end: Int32Array<SharedArrayBuffer>;
}

const apart = 16;

parentPort?.on('message', ({ rounds, id, isAtomic, flags, saw, start, end }: Rounds) => {
  const [mine, other] = [id * apart, (1 - id) * apart];
  const putUpAndLook = isAtomic ? withAtomics : plainly;
  for (let round = 1; round <= rounds; round++) {
    meet(start, round);
    saw[id] = putUpAndLook(flags, mine, other);
    meet(end, round, () => {
      if (saw[0] === 0 && saw[1] === 0) saw[2]! += 1;
      flags[mine] = flags[other] = 0;
    });
  }
  parentPort?.postMessage(rounds);
});

function plainly(flags: Int32Array, mine: number, other: number): number {
  flags[mine] = 1;
  return flags[other]!;
}

function withAtomics(flags: Int32Array, mine: number, other: number): number {
  Atomics.store(flags, mine, 1);
  return Atomics.load(flags, other);
}
