// Goes in ten times, and looks around each time.
import { setTimeout as sleep } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';

const seen: Int32Array = workerData;

// A thread that only waits for a lock has nothing to stay for.
const stay = setInterval(() => {}, 1000);
for (let turn = 0; turn < 10; turn++) {
  await navigator.locks.request('kitchen', async () => {
    const before = Atomics.add(seen, 0, 1);
    await sleep(2);
    const others = Atomics.load(seen, 0) - before - 1;
    Atomics.add(seen, 1, others);
  });
}
clearInterval(stay);
