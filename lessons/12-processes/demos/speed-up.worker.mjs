// A worker of speed-up.ts and a process of it: the same file for both. Plain JavaScript, so that nobody strips types.
import { parentPort } from 'node:worker_threads';

if (parentPort) {
  parentPort.on('message', (question) => parentPort.postMessage(primesAmong(question)));
} else {
  process.on('message', (question) => process.send(primesAmong(question)));
}

/** By trial division, slow on purpose. */
function primesAmong({ first, end, step }) {
  const primes = [];
  for (let candidate = first; candidate < end; candidate += step) {
    let isPrime = candidate > 1;
    for (let divisor = 3; isPrime && divisor * divisor <= candidate; divisor += 2) isPrime = candidate % divisor !== 0;
    if (isPrime) primes.push(candidate);
  }
  return Uint32Array.from(primes);
}
