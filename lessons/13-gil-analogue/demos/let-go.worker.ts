// A thread of let-go.ts: holds the lock all the time, or all the time but while it waits and while code runs that needs no
// interpreter.
import { pbkdf2Sync } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { acquire, allowThreads, release } from './fair-lock.module.ts';

export interface Task {
  /** what is done again and again: a wait of so many ms, or the work of so many rounds in native code */
  readonly what: { readonly kind: 'wait'; readonly ms: number } | { readonly kind: 'native'; readonly rounds: number };
  readonly times: number;
  readonly letsGo: boolean;
  /** the lock */
  readonly memory: Int32Array;
}

const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));

parentPort?.on('message', ({ what, times, letsGo, memory }: Task) => {
  let done = 0;
  acquire(memory);
  for (let time = 0; time < times; time++) {
    const doIt = () => (what.kind === 'wait' ? wait(what.ms) : hash(what.rounds));
    done += letsGo ? allowThreads(memory, doIt) : doIt();
    // What needs the interpreter.
    done += compute();
  }
  release(memory);
  parentPort?.postMessage(done);
});

/** As a synchronous driver waits for its database. Returns 1. */
function wait(ms: number): number {
  return Atomics.wait(nobodyWakes, 0, 0, ms) === 'timed-out' ? 1 : 0;
}

/** Native code: not a line of JavaScript runs meanwhile. Returns 1. */
function hash(rounds: number): number {
  return pbkdf2Sync('secret', 'salt', rounds, 32, 'sha512').length / 32;
}

/** Some microseconds of JavaScript. Returns 0. */
function compute(): number {
  let sum = 0;
  for (let round = 0; round < 20_000; round++) sum = (sum + round) | 0;
  return sum === 199_990_000 ? 0 : sum;
}
