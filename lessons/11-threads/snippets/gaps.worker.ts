// Reads the clock for half a second. Which gap was the longest?
import { parentPort } from 'node:worker_threads';

let longest = 0;
let before = performance.now();
const end = before + 500;
while (before < end) {
  const now = performance.now();
  longest = Math.max(longest, now - before);
  before = now;
}
parentPort?.postMessage(longest);
