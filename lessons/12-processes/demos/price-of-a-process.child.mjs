// A process or a thread, in plain JavaScript: a type stripper would be a part of the price. Doubles a number, or waits.
import { memoryUsage } from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';

const task = parentPort ? workerData : process.argv[2];
const say = (message) => (parentPort ? parentPort.postMessage(message) : process.send(message));
if (task === 'wait') {
  (parentPort ?? process).on('message', () => {});
  say(memoryUsage.rss());
} else {
  say(Number(task) * 2);
  if (!parentPort) process.disconnect();
}
