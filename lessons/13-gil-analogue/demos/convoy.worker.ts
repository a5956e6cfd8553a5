// The threads of convoy.ts, all under one lock: one waits some times for a moment, and lets go of the lock meanwhile; its
// neighbour waits as well, or computes and hands the lock on every few milliseconds.
import { parentPort } from 'node:worker_threads';
import { acquire, allowThreads, release } from './fair-lock.module.ts';

export type Task = {
  /** two words of the lock, and one that is 1 when the neighbour may go */
  readonly memory: Int32Array;
} & (
  | { readonly kind: 'wait'; readonly times: number; readonly ms: number }
  | { readonly kind: 'neighbour'; readonly does: 'waits' | 'computes'; readonly ms: number }
);

const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));

parentPort?.on('message', (task: Task) => {
  const { memory } = task;
  acquire(memory);
  if (task.kind === 'wait') parentPort?.postMessage(waitSomeTimes(task));
  else beANeighbour(task);
  release(memory);
  if (task.kind === 'neighbour') parentPort?.postMessage('gone');
});

/** @returns how often it has waited */
function waitSomeTimes({ memory, times, ms }: Task & { readonly kind: 'wait' }): number {
  let waited = 0;
  for (let time = 0; time < times; time++) if (allowThreads(memory, () => sleep(ms)) === 'timed-out') waited++;
  Atomics.store(memory, 2, 1);
  return waited;
}

function beANeighbour({ memory, does, ms }: Task & { readonly kind: 'neighbour' }): void {
  while (Atomics.load(memory, 2) === 0) {
    if (does === 'waits') allowThreads(memory, () => sleep(ms));
    else {
      computeFor(ms);
      allowThreads(memory, () => {});
    }
  }
}

function sleep(ms: number): string {
  return Atomics.wait(nobodyWakes, 0, 0, ms);
}

function computeFor(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
