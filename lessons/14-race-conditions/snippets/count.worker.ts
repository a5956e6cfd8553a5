// Adds 1 to the first word of the shared memory, many times.
import { workerData } from 'node:worker_threads';

const { counter, times } = workerData;
for (let i = 0; i < times; i++) counter[0]++;
