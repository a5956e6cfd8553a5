// What the thread runs: this file, from its first line to its last.
import { parentPort, workerData } from 'node:worker_threads';
import { countPrimes } from './primes.module.ts';

parentPort?.postMessage(await countPrimes(workerData));
