// A hundred deposits of 1 into one account in one thread, with an await between reading the balance and writing it, and
// without: how much of them is in the account afterwards.
import { setImmediate as turn } from 'node:timers/promises';
import { demo } from 'interleave/kit/demo';

const deposits = 100;

interface Kept {
  readonly balance: number;
  /** deposits that came to their end */
  readonly ended: number;
}

const kept = { unit: 'kept', amount: ({ balance }: Kept) => balance };

export default demo({
  title: `${deposits} deposits of 1, with and without an await between reading and writing`,
  variants: {
    'await between': {
      ...kept,
      run: () =>
        depositAll(async (account) => {
          const { balance } = account;
          await turn();
          account.balance = balance + 1;
        }),
    },
    'no await between': {
      ...kept,
      run: () =>
        depositAll(async (account) => {
          await turn();
          const { balance } = account;
          account.balance = balance + 1;
        }),
    },
  },
  check: ({ balance, ended }: Kept) => ended === deposits && balance >= 1 && balance <= deposits,
  claims: [
    {
      claim: 'F73',
      says: 'Races come from several threads: in one thread, a hundred deposits of 1 leave a hundred.',
      variant: 'await between',
      holds: [99.5, 100.5],
    },
    {
      claim: 'F70',
      says: 'Cooperative switching is predictable: with no await between reading and writing, no deposit is lost.',
      variant: 'no await between',
      holds: [99.5, 100.5],
    },
  ],
});

async function depositAll(deposit: (account: { balance: number }) => Promise<void>): Promise<Kept> {
  const account = { balance: 0 };
  let ended = 0;
  const depositOne = async () => {
    await deposit(account);
    ended++;
  };
  await Promise.all(Array.from({ length: deposits }, depositOne));
  return { balance: account.balance, ended };
}
