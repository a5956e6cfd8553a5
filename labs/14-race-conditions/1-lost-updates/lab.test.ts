// The suite of lab 14.1. Alone, each function is compared with what is computed here; together, the explorer calls them
// in every order of their accesses.
import { check, explore, random, subject, test, type ExploreHints, type Random } from 'interleave/kit';
import type * as Driver from './driver.ts';
import type { Call, Start } from './driver.ts';
import type * as Lab from './lab.ts';

test('alone, each function does what it says', async () => {
  const { driver } = await subject<typeof Lab, typeof Driver>();
  const { int, shuffled } = random();
  // From the last two accounts all is taken.
  const all = [int(10, 99), int(10, 99)];
  const start: Start = {
    visits: three(int, 0, 99),
    best: [int(400, 600)],
    balances: [...three(int, 100, 200), ...all],
  };
  const calls = callsFor(int, shuffled, all);
  const expected = computed(start, calls);
  const seen = await driver.callAlone(start, calls);
  for (const [index, [name, ...args]] of calls.entries()) {
    const answer = seen.answers[index];
    const { before, answer: wanted } = expected.steps[index]!;
    check(show(answer) === show(wanted), {
      expected: `${name} to return ${show(wanted)} when ${before}`,
      happened: `${name}(${[arrays[name], ...args].join(', ')}) returned ${show(answer)}. No other thread was there.`,
      look: `when ${name} returns what. This call was the ${index + 1}th of ${calls.length}: look at what those before it left behind, too.`,
    });
  }
  for (const name of ['visits', 'best', 'balances'] as const) {
    const wanted = expected.end[name];
    check(show(seen[name]) === show(wanted), {
      expected: `${name} to hold ${wanted.join(', ')} after ${calls.length} calls, one after the other`,
      happened: `They hold ${show(seen[name])}, and held ${start[name].join(', ')} at first. No other thread was there.`,
      look: `which word of ${name} your functions change, and by how much.`,
    });
  }
});

test('no visit is lost', async () => {
  await explore('visits.scenario.ts', {
    expected: 'every visit to be counted, in every order of two threads',
    look: 'how many steps addVisits takes from reading the word to writing it, and who fits in between.',
  });
  await explore('busy-page.scenario.ts', overtaken);
});

test('the highest score stays', async () => {
  await explore('scores.scenario.ts', {
    expected: 'the highest of three scores to be there in the end, in every order of three threads',
    look: 'what may have happened between the moment when enterScore looked and the moment when it writes.',
  });
  await explore('busy-board.scenario.ts', overtaken);
});

test('a record is announced once', async () => {
  await explore('records.scenario.ts', {
    expected: 'true for exactly one of two threads that enter the same score',
    look: 'what the answer hangs on. Only the step that raises the score knows whether it did.',
  });
});

test('nobody takes what is not there', async () => {
  await explore('withdrawals.scenario.ts', {
    expected: 'three threads to get no more than there is, and nobody to be refused for no reason, in every order',
    look: 'what is still true of the balance when withdraw takes from it.',
  });
  await explore('busy-account.scenario.ts', overtaken);
});

test('a transfer neither makes money nor loses it', async () => {
  for (const scenario of ['transfers.scenario.ts', 'one-transfer.scenario.ts']) {
    await explore(scenario, {
      expected:
        'as much money in all accounts in the end as before, and at no moment more, in every order of two threads',
      look: 'the order of taking and giving in transfer, and what another thread can do between the two.',
    });
  }
  await explore('busy-transfer.scenario.ts', overtaken);
});

test('count and stars belong together', async () => {
  await explore('ratings.scenario.ts', {
    expected: 'a third thread to read what was there after some of the ratings, in every order',
    look: 'what is in memory between the steps of rate, and between the steps of readRatings.',
  });
  await explore('ratings-in-turn.scenario.ts', {
    expected: 'a second thread to read what was there at some moment of its call, in every order',
    look: 'how many steps readRatings takes. What it reads in the second one may have come long after the first.',
  });
  await explore('busy-ratings.scenario.ts', overtaken);
});

/** For scenarios in which one thread comes in between again and again. */
const overtaken: ExploreHints = {
  expected: 'nobody to give up, however often another thread comes in between',
  look: 'when your loop ends. Nobody can know beforehand how many rounds it takes: it ends when it has written, or when what it sees says that there is nothing to write.',
};

/** What each function gets first. */
const arrays: Readonly<Record<Call[0], string>> = {
  addVisits: 'visits',
  enterScore: 'best',
  withdraw: 'balances',
  transfer: 'balances',
  rate: 'ratings',
  readRatings: 'ratings',
};

function three(int: Random['int'], low: number, high: number): number[] {
  return [int(low, high), int(low, high), int(low, high)];
}

/** Calls of all functions, mixed. Some of each are those that change nothing. */
function callsFor(int: Random['int'], shuffled: Random['shuffled'], [one = 0, other = 0]: readonly number[]): Call[] {
  const some = <Item>(count: number, make: (index: number) => Item) => Array.from({ length: count }, (_, i) => make(i));
  // Above all others.
  const score = int(1_000, 1_999);
  const [from, to] = shuffled([0, 1, 2]);
  return [
    ...shuffled<Call>([
      ...some(4, (): Call => ['addVisits', int(0, 2), int(1, 99)]),
      ...some(3, (): Call => ['enterScore', int(300, 999)]),
      ...some(3, (): Call => ['withdraw', int(0, 2), int(1, 90)]),
      ...some(4, (): Call => ['transfer', from!, to!, int(1, 90)]),
      ...some(5, (): Call => ['rate', int(1, 5)]),
      ...some(3, (): Call => ['readRatings']),
    ]),
    ['enterScore', score],
    // As much as the best: no new record.
    ['enterScore', score],
    ['withdraw', to!, 1_000],
    ['transfer', from!, to!, 1_000],
    ['withdraw', 3, one],
    ['withdraw', 3, 1],
    ['transfer', 4, from!, other],
    // A thousand in all, which is as many as there can be.
    ...some(995, (): Call => ['rate', 5]),
    ['readRatings'],
  ];
}

interface Step {
  /** what there was, in words */
  readonly before: string;
  readonly answer: unknown;
}

/** What the calls come to, one after the other. */
function computed(start: Start, calls: readonly Call[]): { readonly steps: Step[]; readonly end: Start } {
  const [visits, best, balances] = [[...start.visits], [...start.best], [...start.balances]];
  let [count, stars] = [0, 0];
  const take = (account: number, amount: number): boolean => {
    const isEnough = balances[account]! >= amount;
    if (isEnough) balances[account]! -= amount;
    return isEnough;
  };
  const steps = calls.map(([name, first = 0, second = 0, third = 0]): Step => {
    switch (name) {
      case 'addVisits':
        visits[first]! += second;
        return { before: 'it is done', answer: undefined };
      case 'enterScore': {
        const before = best[0]!;
        best[0] = Math.max(before, first);
        return { before: `the best score is ${before}`, answer: first > before };
      }
      case 'withdraw': {
        const before = `there are ${balances[first]!} in that account`;
        return { before, answer: take(first, second) };
      }
      case 'transfer': {
        const before = `there are ${balances[first]!} in the first of the two accounts`;
        const answer = take(first, third);
        if (answer) balances[second]! += third;
        return { before, answer };
      }
      case 'rate':
        count += 1;
        stars += first;
        return { before: 'it is done', answer: undefined };
      case 'readRatings':
        return { before: `${count} ratings gave ${stars} stars`, answer: { count, stars } };
    }
  });
  return { steps, end: { visits, best, balances } };
}

function show(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.join(', ');
  return `{ ${Object.entries(value)
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([name, part]) => `${name}: ${String(part)}`)
    .join(', ')} }`;
}
