// The suite of lab 15.2. Alone, each counter is compared with what is computed here; together, the explorer judges them.
import { check, explore, random, subject, test } from 'interleave/kit';
import type * as Driver from './driver.ts';
import type * as Lab from './lab.ts';

const program = () => subject<typeof Lab, typeof Driver>();

test('alone, each counter counts', async () => {
  const { driver } = await program();
  const { int } = random();
  const paid = Array.from({ length: int(3, 9) }, () => int(1, 900));
  const cents = paid.reduce((sum, one) => sum + one);
  const { said, taken, givenBack, isTakenTwice } = await driver.countAlone(paid);
  for (const [counter, seen] of Object.entries(said))
    check(seen[0] === paid.length && seen[1] === cents, {
      expected: `${counter} to say ${paid.length} visitors and ${cents} cents after visitors who paid ${paid.join(', ')}`,
      happened: `It said ${String(seen[0])} visitors and ${String(seen[1])} cents, and no other thread was there.`,
      look: 'word 0 counts visitors, one for each, and word 1 adds up what they pay.',
    });
  check(!isTakenTwice && taken === givenBack, {
    expected: 'LockedCounter to give its lock back each time it has taken it, before it takes it again',
    happened: `In ${2 * paid.length} calls it took the lock ${taken} times and gave it back ${givenBack} times${isTakenTwice ? ', and it took it while it had it' : ''}.`,
    look: 'each way into a section and each way out of it: one lock, one unlock.',
  });
});

test('AtomicCounter loses nobody', async () => {
  await explore('atomic.scenario.ts', {
    expected:
      'two doors to count all visitors and their cents, nobody too early and nobody too late, in every order of their accesses',
    look: 'each access of add, one after the other: what if the other door comes in between? One function of Atomics reads and writes in one step.',
  });
});

test('LockedCounter loses nobody', async () => {
  await explore('locked.scenario.ts', {
    expected: 'two doors to count all visitors and their cents under the lock, in every order of their accesses',
    look: 'what stands between the lock and its unlock, in add: all that reads or writes the two words, and one unlock for each lock.',
  });
});

test('what LockedCounter reads belongs together', async () => {
  await explore('reading.scenario.ts', {
    expected: 'read to find visitors and cents that belong together while two doors count',
    look: 'who holds the lock while read looks at the two words, and whether both are read, and both are written, under one lock and unlock.',
  });
  await explore('reading-again.scenario.ts', {
    expected: 'each read to find whoever was counted before it',
    look: 'where read gets its numbers from. Only the memory knows what the other doors have counted since you last looked.',
  });
});

test('MergedCounter loses nobody', async () => {
  await explore('merged.scenario.ts', {
    expected: 'two doors to merge all visitors and their cents, in every order of their accesses',
    look: 'each access of merge: the other door may merge at the same time. A field of your own needs no care, the two words do.',
  });
});

test('MergedCounter leaves the memory alone until it merges', async () => {
  await explore('unmerged.scenario.ts', {
    expected: 'the memory to hold 0 and 0 until somebody merges',
    look: 'where add keeps what it counts.',
  });
  const { driver } = await program();
  const visitors = random().int(10_000, 20_000);
  const seen = await driver.countUnmerged(visitors);
  check(
    seen.every((word) => word === 0),
    {
      expected: `the memory to hold 0 and 0 when one door has counted ${visitors} visitors and has not merged`,
      happened: `It holds ${seen.join(' and ')}.`,
      look: 'who decides when it is time to merge: whoever has the counter calls merge. add does not.',
    },
  );
});

test('what was merged is not merged again', async () => {
  await explore('merged-twice.scenario.ts', {
    expected: 'each merge to add what was counted since the last one',
    look: 'what merge adds to the memory, and what your own totals are after it. That goes for one visitor as well as for three.',
  });
});
