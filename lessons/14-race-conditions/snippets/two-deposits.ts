// The same with two deposits, and with words.
import { read, write } from './store.module.ts';

async function deposit(who: string, amount: number): Promise<void> {
  const balance = await read();
  console.log(`${who} has read ${balance}`);
  await write(balance + amount);
  console.log(`${who} has written ${balance + amount}`);
}

// #region both
await Promise.all([deposit('Ann', 30), deposit('Ben', 50)]);
console.log(`in the account: ${await read()}`);
// #endregion
