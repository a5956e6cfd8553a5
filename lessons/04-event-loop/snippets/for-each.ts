// oxlint-disable typescript/no-misused-promises -- the mistake is the point
// Three orders are sent, and each takes 10 ms.
import { setTimeout as sleep } from 'node:timers/promises';

// #region send
['tea', 'cake', 'milk'].forEach(async (order) => {
  await sleep(10);
  console.log(order);
});
console.log('all sent');
// #endregion
