// A hundred deposits of 1 into one account, all at once.
import { read, write } from './store.module.ts';

// #region deposit
async function deposit(amount: number): Promise<void> {
  const balance = await read();
  await write(balance + amount);
}

await Promise.all(Array.from({ length: 100 }, () => deposit(1)));
console.log(await read());
// #endregion
