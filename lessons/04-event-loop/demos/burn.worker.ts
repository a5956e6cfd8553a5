// The threads of burn-together.ts: so many jobs in, the sum of their answers out, until somebody ends the thread.
import { parentPort } from 'node:worker_threads';
import { countPrimes } from './burn.module.ts';

parentPort?.on('message', ({ jobs, limit }: { jobs: number; limit: number }) => {
  let primes = 0;
  for (let job = 0; job < jobs; job++) primes += countPrimes(limit);
  parentPort?.postMessage(primes);
});
