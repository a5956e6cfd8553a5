// The suite of lab 14.2. Alone, each call is compared with what is computed here; together, the explorer answers for the
// store in every order.
import { setTimeout as sleep } from 'node:timers/promises';
import { check, explore, random, subject, test } from 'interleave/kit';
import type * as Lab from './lab.ts';

test('alone, each call does what it says', async () => {
  const { lab } = await subject<typeof Lab>();
  const { int } = random();
  const account = `account ${int(1, 1e6)}`;
  const tills = [int(1, 1e4), int(1, 1e4)];
  // The takings may have begun in an earlier test.
  const [before, after] = [await lab.collect(() => tills[0]!), await lab.collect(() => tills[1]!)];
  check(after === before + tills[1]!, {
    expected: `collect to resolve with ${before} + ${tills[1]!}, after a till with ${tills[1]!}`,
    happened: `It resolved with ${show(after)}, and with ${show(before)} before that. Nobody else was there.`,
    look: 'what collect adds, and what it returns.',
  });
  const start = int(100, 200);
  const slow = slowStore(new Map([[account, start]]), () => lab.collect(() => 0));
  let balance = start;
  for (const amount of [int(1, 99), int(1, 99)]) {
    await lab.deposit(slow.store, account, amount);
    balance += amount;
    slow.holds(account, balance, `deposit had added ${amount}`);
  }
  for (const amount of [int(1, 50), balance + 1_000, int(1, 50)]) {
    const isEnough = amount <= balance;
    const writes = slow.writes();
    const answer = await lab.withdraw(slow.store, account, amount);
    check(answer === isEnough, {
      expected: `withdraw to resolve with ${isEnough}: ${amount} were wanted, and there were ${balance}`,
      happened: `It resolved with ${show(answer)}.`,
      look: 'when withdraw returns what.',
    });
    if (isEnough) balance -= amount;
    slow.holds(account, balance, `withdraw was asked for ${amount} of ${isEnough ? balance + amount : balance}`);
    check(isEnough || slow.writes() === writes, {
      expected: 'withdraw to write nothing when there is too little',
      happened: 'It wrote.',
      look: 'what withdraw does when there is too little.',
    });
  }
  const answer = await lab.withdraw(slow.store, account, balance);
  check(answer === true, {
    expected: `withdraw to resolve with true: ${balance} were wanted, and exactly as much was there`,
    happened: `It resolved with ${show(answer)}.`,
    look: 'how withdraw compares balance and amount.',
  });
  slow.holds(account, 0, `withdraw was asked for all ${balance}`);
});

test('every till is counted', async () => {
  await explore('tills.scenario.ts', {
    expected: 'both of two tills to be counted, in whatever order they answer',
    look: 'when collect reads the takings, and when it writes them. a += b looks up a before b. And an await lets others in even if there is nothing to wait for.',
  });
});

test('no deposit is lost', async () => {
  await explore('deposits.scenario.ts', {
    expected:
      'all deposits to be in the store when they are done, and none before it was asked for, in every order of its answers',
    look: 'who may read the balance between the reading and the writing of somebody else. If there is a queue: who else may join it between your look at its end and your joining it?',
  });
  await explore('crowd.scenario.ts', {
    expected: 'all deposits to be in the store when they are done, also when four come at once',
    look: 'who goes on when a call is through: of all that have waited for it one may, and the others wait again, each time.',
  });
});

test('nobody takes what is not there', async () => {
  await explore('withdrawals.scenario.ts', {
    expected: 'one of two withdrawals to be refused, for there is never enough for both, in every order of the answers',
    look: 'whether the balance that withdraw has looked at is still the balance when it writes, whoever else is at work.',
  });
});

test('a store that fails costs one call', async () => {
  for (const scenario of ['failing-read.scenario.ts', 'failing-write.scenario.ts']) {
    await explore(scenario, {
      expected: 'one call to fail with what the store said, and the others to be done',
      look: 'what the next call in the queue waits for, and what the caller gets. These need not be the same promise.',
    });
  }
});

test('accounts do not wait for each other', async () => {
  const { lab } = await subject<typeof Lab>();
  const { int, shuffled } = random();
  for (const held of shuffled(['deposit', 'withdraw'] as const)) {
    // Names of all lengths, for a queue may also stand for some of the accounts.
    const [slow = '', ...quick] = shuffled(owners).map((owner) => `${owner} ${int(1, 10 ** int(1, 6))}`);
    const [isHeld, isAsked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const store: Lab.Store = {
      async read(account) {
        if (account === slow) {
          isAsked.resolve();
          await isHeld.promise;
        }
        return 100;
      },
      write: async () => {},
    };
    const first = lab[held](store, slow, int(1, 99));
    await isAsked.promise;
    const waiting = new Set<string>();
    const others = quick.flatMap((account) =>
      (['deposit', 'withdraw'] as const).map(async (name) => {
        const call = `${name}(store, '${account}', ...)`;
        waiting.add(call);
        await lab[name](store, account, int(1, 99));
        waiting.delete(call);
      }),
    );
    await untilNobodyIsServed(Promise.all(others), waiting);
    const [left] = waiting;
    isHeld.resolve();
    await Promise.all([first, ...others]);
    check(left === undefined, {
      expected: `deposits and withdrawals of ${quick.length} other accounts to be served while the store is slow to answer ${held}(store, '${slow}', ...)`,
      happened: `${left} was served when that call was through, and not before.`,
      look: 'who stands in which queue. One queue keeps apart whoever stands in it, also those who would not have met.',
    });
  }
});

const owners = ['Ann', 'Ben', 'Cleo', 'Dan', 'Eve', 'Fay', 'Gus', 'Hal', 'Ida', 'Joe', 'Kim', 'Leo', 'Mia', 'Ned'];

/** Resolves when all are served, or nobody any more. */
async function untilNobodyIsServed(all: Promise<unknown>, waiting: ReadonlySet<string>): Promise<void> {
  for (let before = Infinity; waiting.size > 0 && waiting.size < before;) {
    before = waiting.size;
    const gaveUp = new AbortController();
    await Promise.race([all, sleep(patienceMs, undefined, { signal: gaveUp.signal }).catch(() => {})]);
    gaveUp.abort();
  }
}

/** Only a call that waits for the other account waits for the end of this: far longer than an answer takes. */
const patienceMs = 1_500;

/** A store that has not written before the program was asked, and has answered, something else: `wander`. */
function slowStore(balances: Map<string, number>, wander: () => Promise<unknown>) {
  let writes = 0;
  const store: Lab.Store = {
    read: async (account) => balances.get(account) ?? 0,
    async write(account, balance) {
      writes += 1;
      // What the program says, it says in order: an early "done" is here before these answers.
      for (let i = 0; i < 3; i += 1) await wander();
      balances.set(account, balance);
    },
  };
  return {
    store,
    writes: () => writes,
    holds(account: string, balance: number, after: string): void {
      const stored = balances.get(account);
      check(stored === balance, {
        expected: `the store to have ${balance} when the promise resolved, after ${after}`,
        happened: `It had ${show(stored)}. Nobody else was there.`,
        look: 'what is written, and whether somebody waits until it is.',
      });
      check(balances.size === 1, {
        expected: 'nothing to be written but the account that was named',
        happened: `The store has ${[...balances.keys()].map((name) => `"${name}"`).join(' and ')} now.`,
        look: 'which account is written.',
      });
    },
  };
}

function show(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : String(value);
}
