// Adds up the points and answers with the sum.
import { workerData } from 'node:worker_threads';
import { answer } from './in-a-thread.ts';

const { points } = workerData as { points: Map<string, number> };

let sum = 0;
for (const value of points.values()) sum += value;
// This is the thread's own Map, for data is copied on its way here.
points.clear();
answer(sum);
