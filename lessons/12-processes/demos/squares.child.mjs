// A process or a thread that computes squares, answers with their sum and ends.
import { parentPort, workerData } from 'node:worker_threads';

if (parentPort) parentPort.postMessage(squares(workerData));
else {
  process.send(squares(Number(process.argv[2])));
  process.disconnect();
}

function squares(upTo) {
  const all = Array.from({ length: upTo }, (_, number) => number ** 2);
  return all.reduce((total, square) => total + square, 0);
}
