// Two tasks under a lock that lets go in `finally`.
// oxlint-disable typescript/return-await, no-unmodified-loop-condition -- the mistake that is shown
import { setTimeout as sleep } from 'node:timers/promises';

// #region lock
let isTaken = false;
const waiting: (() => void)[] = [];

async function run(body: () => Promise<void>): Promise<void> {
  while (isTaken) await new Promise<void>((go) => waiting.push(go));
  isTaken = true;
  try {
    return body();
  } finally {
    isTaken = false;
    waiting.shift()?.();
  }
}
// #endregion

// #region tasks
async function task(name: string): Promise<void> {
  console.log(`${name} in`);
  await sleep(5);
  console.log(`${name} out`);
}

// #region both
const tea = run(() => task('tea'));
const cake = run(() => task('cake'));
await Promise.all([tea, cake]);
// #endregion
// #endregion
