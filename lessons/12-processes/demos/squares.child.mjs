// A process or a thread that computes squares, answers and ends.
import { parentPort, workerData } from 'node:worker_threads';
import { squares } from './squares.module.mjs';

if (parentPort) parentPort.postMessage(squares(workerData));
else {
  process.send(squares(Number(process.argv[2])));
  process.disconnect();
}
