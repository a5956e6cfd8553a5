// Adds 1 to a shared word, and writes once the other thread has read, too.
import { workerData } from 'node:worker_threads';

const { counter, haveRead } = workerData;
const value = counter[0];
if (Atomics.add(haveRead, 0, 1) === 1) Atomics.notify(haveRead, 0);
else Atomics.wait(haveRead, 0, 1);
counter[0] = value + 1;
