// Counts primes for split-work.ts: a question in, an answer out, until somebody ends the thread.
import { parentPort } from 'node:worker_threads';

export interface Question {
  /** the first number that is looked at */
  readonly from: number;
  /** the first one that is not */
  readonly to: number;
  /** looks at every so-manieth number */
  readonly step: number;
}

parentPort?.on('message', (question: Question) => parentPort?.postMessage(countPrimes(question)));

/** By trial division, slow on purpose. */
function countPrimes({ from, to, step }: Question): number {
  let count = 0;
  for (let candidate = from; candidate < to; candidate += step) {
    let isPrime = candidate > 1;
    for (let divisor = 2; isPrime && divisor * divisor <= candidate; divisor++) isPrime = candidate % divisor !== 0;
    if (isPrime) count++;
  }
  return count;
}
