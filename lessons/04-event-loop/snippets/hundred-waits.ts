// 100 waits of 20 ms: one after the other, then all in one loop at once.
import { setTimeout as sleep } from 'node:timers/promises';

let start = performance.now();
for (let wait = 0; wait < 100; wait++) await sleep(20);
console.log(`one by one ${(performance.now() - start).toFixed(0)} ms`);

start = performance.now();
await Promise.all(Array.from({ length: 100 }, () => sleep(20)));
console.log(`at once    ${(performance.now() - start).toFixed(0)} ms`);
