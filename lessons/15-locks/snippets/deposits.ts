// A hundred deposits of 1 into a store that takes a moment to answer.
import { setTimeout as sleep } from 'node:timers/promises';

let balance = 0;

async function deposit(): Promise<void> {
  const before = balance;
  await sleep(1);
  balance = before + 1;
}

// #region both
const alone = () => navigator.locks.request('balance', deposit);
for (const [name, one] of Object.entries({ deposit, alone })) {
  balance = 0;
  const start = performance.now();
  await Promise.all(Array.from({ length: 100 }, one));
  const ms = performance.now() - start;
  console.log(`${name}: ${balance} in ${ms.toFixed(0)} ms`);
}
// #endregion
