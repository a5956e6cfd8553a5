// Adds 1 to the first number of what it is sent, as often as it is told, and says what it has then; for who-sees-it.ts.
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', ({ numbers, times }: { numbers: Int32Array; times: number }) => {
  for (let i = 0; i < times; i++) Atomics.add(numbers, 0, 1);
  parentPort?.postMessage(numbers[0]);
});
