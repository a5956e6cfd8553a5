import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

for (const character of workerData) {
  parentPort?.postMessage(character);
  await sleep(20);
}
