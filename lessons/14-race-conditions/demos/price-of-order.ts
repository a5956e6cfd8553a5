// Deposits that must not overlap on one account stand in a queue. One queue for the whole bank, and a queue for each
// account: how long it takes until all are through.
import { setTimeout as sleep } from 'node:timers/promises';
import { demo } from 'interleave/kit/demo';

const accounts = 5;
const depositsEach = 4;
/** a read, and a write */
const accessMs = 2;

export default demo({
  title: `${accounts * depositsEach} deposits into ${accounts} accounts, behind each other`,
  variants: {
    'one queue for all': () => bank(() => 0),
    'a queue for each account': () => bank((account) => account),
  },
  check: (balances: readonly number[]) => balances.length === accounts && balances.every((sum) => sum === depositsEach),
  ratios: { time: { of: 'one queue for all', over: 'a queue for each account', kind: 'waits' } },
});

/** @returns the balances when all deposits of 1 are through */
async function bank(queueOf: (account: number) => number): Promise<number[]> {
  const stored = Array.from({ length: accounts }, () => 0);
  const last = new Map<number, Promise<void>>();
  const deposit = async (account: number) => {
    await sleep(accessMs);
    const balance = stored[account] ?? 0;
    await sleep(accessMs);
    stored[account] = balance + 1;
  };
  for (let i = 0; i < accounts * depositsEach; i++) {
    const account = i % accounts;
    const before = last.get(queueOf(account)) ?? Promise.resolve();
    last.set(
      queueOf(account),
      before.then(() => deposit(account)),
    );
  }
  await Promise.all(last.values());
  return stored;
}
