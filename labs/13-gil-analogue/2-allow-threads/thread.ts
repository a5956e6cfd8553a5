// A real thread of lab 13.2: computes, waits at a gate, computes again, with the learner's interpreter.
import { parentPort, workerData } from 'node:worker_threads';
import { interpret, type Step } from './lab.ts';
import { turnsOf } from './turns.ts';

export interface ThreadTask {
  readonly id: number;
  readonly word: number;
  /** of the lock */
  readonly memory: Int32Array;
  /** 1 when it is open */
  readonly gate: Int32Array;
  /** how many are computing, and the most that ever were */
  readonly inside: Int32Array;
  /** for each thread 1 while it holds the lock */
  readonly holders: Int32Array;
}

export type FromThread = { readonly kind: 'at the gate' } | { readonly kind: 'result'; readonly value: unknown };

const { id, word, memory, gate, inside, holders } = workerData as ThreadTask;

function compute(rounds: number): number {
  const count = Atomics.add(inside, 0, 1) + 1;
  for (let most = Atomics.load(inside, 1); most < count;) most = Atomics.compareExchange(inside, 1, most, count);
  let value = word;
  for (let round = 0; round < rounds; round += 1) value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0;
  Atomics.sub(inside, 0, 1);
  return value;
}

function wait(): string {
  say({ kind: 'at the gate' });
  Atomics.wait(gate, 0, 0);
  return 'waited';
}

function say(message: FromThread): void {
  parentPort?.postMessage(message);
}

const program: Step[] = [
  { kind: 'compute', run: () => compute(1_000) },
  { kind: 'wait', run: wait },
  { kind: 'compute', run: () => compute(2_000) },
];
const turns = turnsOf(memory);
const lock = {
  acquire: () => {
    turns.acquire();
    Atomics.store(holders, id, 1);
  },
  release: () => {
    Atomics.store(holders, id, 0);
    turns.release();
  },
};
say({ kind: 'result', value: interpret(lock, program, 1) });
