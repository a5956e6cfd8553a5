// Asks the loop itself how late it was.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
await sleep(100);
print('left alone');

delay.reset();
await sleep(50);
const end = performance.now() + 200;
while (performance.now() < end);
await sleep(50);
print('200 ms of work');
delay.disable();

function print(when: string): void {
  console.log(`${when}: ${(delay.max / 1e6).toFixed(0)} ms at most`);
}
