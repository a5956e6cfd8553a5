// The same orders, awaited: one after the other, then all at once.
import { setTimeout as sleep } from 'node:timers/promises';

const orders = ['tea', 'cake', 'milk'];
for (const order of orders) await send(order);
console.log('all sent');
await Promise.all(orders.map(send));
console.log('all sent again');

async function send(order: string): Promise<void> {
  await sleep(10);
  console.log(order);
}
