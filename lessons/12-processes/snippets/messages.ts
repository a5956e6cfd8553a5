// The same order goes to two children and comes back.
import { fork } from 'node:child_process';
import { once } from 'node:events';

const file = new URL('./messages.child.ts', import.meta.url);
const order = { seats: new Map([[14, 'Ann']]), date: new Date(0) };
for (const serialization of ['json', 'advanced'] as const) {
  const child = fork(file, { serialization });
  child.send(order);
  const [seen] = await once(child, 'message');
  console.log(serialization, seen.seats, 'a date:', seen.date instanceof Date);
}
