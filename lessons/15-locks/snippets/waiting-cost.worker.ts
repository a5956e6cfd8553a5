// Takes the lock in one of the two ways, and says what the core did.
import { parentPort, workerData } from 'node:worker_threads';

const { word, way } = workerData;
parentPort?.postMessage('ready');
const before = process.threadCpuUsage();
if (way === 'spinning') while (Atomics.exchange(word, 0, 1) === 1);
else while (Atomics.exchange(word, 0, 1) === 1) Atomics.wait(word, 0, 1);
const { user, system } = process.threadCpuUsage(before);
parentPort?.postMessage((user + system) / 1000);
