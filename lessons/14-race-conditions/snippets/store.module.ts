// A store as a database is one: each access takes its time.
import { setTimeout as sleep } from 'node:timers/promises';

let stored = 0;

export async function read(): Promise<number> {
  await sleep(1);
  return stored;
}

export async function write(balance: number): Promise<void> {
  await sleep(1);
  stored = balance;
}
