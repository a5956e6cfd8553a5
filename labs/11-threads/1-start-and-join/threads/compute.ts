// Keeps a core busy for a while and answers with what came of it.
import { workerData } from 'node:worker_threads';
import { answer } from './in-a-thread.ts';

const { seed, rounds } = workerData as { seed: number; rounds: number };

let value = seed;
for (let round = 0; round < rounds; round += 1) value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0;
answer(value);
