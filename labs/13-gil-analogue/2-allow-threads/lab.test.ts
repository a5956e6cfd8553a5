// The suite of lab 13.2. One thread whose lock is watched shows when it lets go; the explorer proves what must be so in every
// order; and three real threads stand at a gate that is opened here.
import { check, explore, random, subject, test } from 'interleave/kit';
import type * as Driver from './driver.ts';
import type * as Lab from './lab.ts';
import type { Ending, Event, PlannedStep } from './program.ts';

const program = () => subject<typeof Lab, typeof Driver>();
const needsNoLock = ['wait', 'native'] as const;

test('the steps run in order, and what they return comes back', async () => {
  const { driver } = await program();
  const { int, shuffled } = random();
  const steps = mixed(int, [...shuffled([0, '', undefined, null]), int(1, 1e6)]);
  const { events, ending } = await driver.runAlone(steps, int(1, 3));
  const ran = stepsOf(events).map(({ at }) => at);
  const all = steps.map((_, at) => at);
  check(ran.join() === all.join(), {
    expected: `the ${steps.length} steps of a program to run once each, in order`,
    happened: `Those that ran were ${ran.map((at) => `step ${at}`).join(', ') || 'none'}.`,
    look: 'the loop over the program.',
  });
  const values = ending.kind === 'returned' ? ending.value : undefined;
  const right = steps.map(({ returns }) => returns);
  check(Array.isArray(values) && values.length === right.length && values.every((value, at) => value === right[at]), {
    expected: `interpret to return what the steps returned: ${show(right)}`,
    happened: ending.kind === 'threw' ? `It threw "${ending.message}".` : `It returned ${show(values)}.`,
    look: 'what becomes of the result of each kind of step, be it undefined.',
  });
});

test('who computes holds the lock, who waits does not', async () => {
  const { driver } = await program();
  const { int, shuffled } = random();
  // Waits at both ends, in a row, and between computing steps.
  const kinds = ['wait', 'compute', 'native', 'compute', 'compute', ...shuffled([...needsNoLock]), 'compute', 'wait'];
  const steps = kinds.map((kind) => ({ kind, returns: int(1, 1e6) }) as PlannedStep);
  const { events, ending, isHeldInTheEnd } = await driver.runAlone(steps, steps.length);
  isUsedRightly(events, steps);
  for (const { at, isHeld } of stepsOf(events)) {
    const { kind } = steps[at]!;
    const shouldHold = kind === 'compute';
    check(isHeld === shouldHold, {
      expected: `a step of the kind "${kind}" to run ${shouldHold ? 'with' : 'without'} the lock`,
      happened: `Step ${at} of ${kinds.join(', ')} (steps count from 0) ran ${isHeld ? 'while the thread held it' : 'while the thread did not hold it'}.`,
      look: shouldHold
        ? 'who takes the lock again after a step that needs none, and when.'
        : 'which kinds of steps need the interpreter, and what the thread does with the lock before a step that does not.',
    });
  }
  isBack(ending, isHeldInTheEnd);
});

test('a wait and native code are under way at once', async () => {
  await explore('both-outside.scenario.ts', {
    expected: 'one thread to wait while another is in native code, both without the lock',
    look: 'what a thread that has nothing to compute holds on to. In the picture both are where they are because the other one is not there yet.',
  });
});

test('one computes at a time, in every order', async () => {
  await explore('one-computes.scenario.ts', {
    expected: 'two threads to compute and to wait, never two of them computing, and both to come to their end',
    look: 'between which two calls of acquire and release each computing step runs, also the first one after a wait.',
  });
});

test('after so many steps the turn is handed on', async () => {
  const { driver } = await program();
  const { int } = random();
  const switchEvery = int(2, 4);
  // Slices that are full, one that a wait cuts short, and one that is full when the program ends.
  const computing = (count: number) => Array.from({ length: count }, () => 'compute' as const);
  const kinds = [
    ...computing(2 * switchEvery + 1),
    needsNoLock[int(0, 1)]!,
    ...computing(switchEvery - 1),
    'wait' as const,
    ...computing(2 * switchEvery),
  ];
  const steps = kinds.map((kind) => ({ kind, returns: 0 }));
  // Two programs that end in the middle of a slice: the next one knows nothing of that.
  const oneComputes: PlannedStep = { kind: 'compute', returns: 0 };
  const before = [undefined, [oneComputes], [oneComputes, { ...oneComputes, throws: 'the shelf is empty' }]];
  for (const earlier of before) {
    if (earlier) await driver.runAlone(earlier, switchEvery);
    const { events } = await driver.runAlone(steps, switchEvery);
    isUsedRightly(events, steps);
    const after = earlier
      ? ` Before that, interpret ran another program, which ${earlier.length === 1 ? 'ended' : 'threw'} in the middle of a slice.`
      : '';
    const what = `${inRuns(kinds)} (steps count from 0), and switchEvery was ${switchEvery}.${after}`;
    for (const [index, { count, next }] of slicesOf(events).entries()) {
      check(count <= switchEvery, {
        expected: `at most ${switchEvery} computing steps with the lock, then the others to have their turn`,
        happened: `The thread ran ${count} before it gave the lock back${next === undefined ? '' : `, before step ${next}`}. The steps were ${what}`,
        look: 'how many computing steps have run since the lock was taken, by this program, and where you look at that number.',
      });
      const isEarly = count < switchEvery && next !== undefined && steps[next]?.kind === 'compute';
      check(!isEarly, {
        expected: `the thread to keep the lock for ${switchEvery} computing steps, where no other step comes between`,
        happened: `It let go before step ${next}, after ${count} computing ${count === 1 ? 'step' : 'steps'} with the lock. The steps were ${what}`,
        look:
          index > 0 || earlier
            ? 'when the count begins anew: whenever the lock was taken, by a new program, too, and after a step that needs none.'
            : 'why the thread let go there, although its slice was not over and no step came that needs no lock.',
      });
    }
  }
  await explore('slices.scenario.ts', {
    expected: 'a thread that waits for the lock to have its turn when the slice of the other one is over',
    look: 'what happens between two slices. The lock hands the turn on when it is given back.',
  });
});

test('a step that throws leaves the lock free', async () => {
  const { driver } = await program();
  const { int, shuffled } = random();
  for (const kind of shuffled(['compute', ...needsNoLock] as const)) {
    const reason = `no line to shelf ${int(1, 1e6)}`;
    const failing = { kind, returns: 0, throws: reason };
    const steps: PlannedStep[] = [...mixed(int, [1, 2]), failing, ...mixed(int, [3, 4])];
    const at = steps.indexOf(failing);
    const { events, ending, isHeldInTheEnd } = await driver.runAlone(steps, int(2, 5));
    check(ending.kind === 'threw' && ending.message === reason, {
      expected: `interpret to throw what a step of the kind "${kind}" threw, RangeError: ${reason}`,
      happened: ending.kind === 'threw' ? `It threw "${ending.message}".` : `It returned ${show(ending.value)}.`,
      look:
        ending.kind === 'threw'
          ? 'what is thrown on the way out of interpret. An error in "finally" takes the place of the one that came first.'
          : 'who catches the error. Whoever called interpret has to hear of it, so what is caught must be thrown again.',
    });
    isUsedRightly(events, steps);
    check(!isHeldInTheEnd, {
      expected: `the lock to be free when interpret has thrown, after a failure in a step of the kind "${kind}"`,
      happened: 'The thread still held it, and every other thread would wait for ever.',
      look: 'every way out of interpret: the end, and a throw in any step.',
    });
    const later = stepsOf(events).filter((step) => step.at > at).length;
    check(later === 0, {
      expected: 'no step to run after the one that threw',
      happened: `${later} more ran.`,
      look: 'what an error does to the rest of a program.',
    });
  }
});

test('allowThreads takes the lock again, however the body ends', async () => {
  await explore('let-go.scenario.ts', {
    expected:
      'allowThreads to call its body without the lock, to return or throw what the body does, and to have the lock again in both cases',
    look: 'what comes before the body, and what comes after it on every way out. What is thrown need not be an Error, so it does not say whether something was thrown.',
  });
  const { driver } = await program();
  const { int } = random();
  const [answer, reason] = [int(1, 1e6), `the line to shelf ${int(1, 1e6)} is dead`];
  const { returned, thrown } = await driver.letGoAlone(answer, reason);
  check(returned === answer, {
    expected: `allowThreads to return what its body returned, ${answer}`,
    happened: `It returned ${show(returned)}.`,
    look: 'what becomes of the result of the body.',
  });
  check(thrown === reason, {
    expected: `allowThreads to throw what its body threw, RangeError: ${reason}`,
    happened: thrown === undefined ? 'It threw nothing.' : `It threw something with the message "${thrown}".`,
    look: 'which error leaves allowThreads.',
  });
});

test('three real threads wait at the same moment', async () => {
  const { driver } = await program();
  const { int } = random();
  const words = Array.from({ length: 3 }, () => int(1, 1e6));
  let waiting = 0;
  const { results, holding, most } = await driver.waitTogether(words, async () => ++waiting === words.length);
  check(holding.length === 0, {
    expected: 'three threads to wait at the same moment; the gate is opened when all of them are there',
    happened: `Thread ${holding[0]} came to the gate and held the lock while it waited, with ${waiting} others at the gate: those who needed the lock could not come.`,
    look: 'what a thread does with the lock before it waits.',
  });
  check(waiting === words.length, {
    expected: 'three threads to wait at the same moment; the gate is opened when all of them are there',
    happened: `${waiting} came to the gate.`,
    look: 'whether every thread runs all steps of its program.',
  });
  check(most === 1, {
    expected: 'one of them to compute at a time',
    happened: `${most} computed at the same time.`,
    look: 'whether every computing step runs with the lock.',
  });
  for (const [id, word] of words.entries()) {
    const right = [computed(word, 1_000), 'waited', computed(word, 2_000)];
    check(show(results[id]) === show(right), {
      expected: `the program of thread ${id} to return ${show(right)}`,
      happened: `It returned ${show(results[id])}.`,
      look: 'what becomes of the result of each kind of step.',
    });
  }
});

/** Steps that return these values: one that needs no lock, one that computes, and then kinds that nobody can foresee. */
function mixed(int: (low: number, high: number) => number, values: readonly unknown[]): PlannedStep[] {
  const kinds = [needsNoLock[int(0, 1)]!, 'compute'] as const;
  return values.map((returns, at) => ({
    kind: kinds[at] ?? (['compute', ...needsNoLock] as const)[int(0, 2)]!,
    returns,
  }));
}

function stepsOf(events: readonly Event[]) {
  return events.filter((event) => event.what === 'step');
}

/** For each time that the lock was held: the computing steps in it, and the step that came after it. */
function slicesOf(events: readonly Event[]): { readonly count: number; readonly next: number | undefined }[] {
  const slices: { count: number; next: number | undefined }[] = [];
  let count = 0;
  for (const [index, event] of events.entries()) {
    if (event.what === 'taken') count = 0;
    else if (event.what === 'step' && event.isHeld) count++;
    else if (event.what === 'given back') slices.push({ count, next: stepsOf(events.slice(index))[0]?.at });
  }
  return slices;
}

/** As "3 compute, 1 wait": how many of a kind stand in a row. */
function inRuns(kinds: readonly string[]): string {
  const runs: { kind: string; count: number }[] = [];
  for (const kind of kinds) {
    const last = runs.at(-1);
    if (last?.kind === kind) last.count++;
    else runs.push({ kind, count: 1 });
  }
  return runs.map(({ kind, count }) => `${count} ${kind}`).join(', ');
}

function isUsedRightly(events: readonly Event[], steps: readonly PlannedStep[]): void {
  const wrong = events.findIndex(({ what }) => what === 'taken twice' || what === 'given back unheld');
  const before = stepsOf(events.slice(0, wrong)).length;
  check(wrong < 0, {
    expected: 'the lock to be taken by a thread that does not hold it, and to be given back by one that does',
    happened: `${events[wrong]?.what === 'taken twice' ? 'A thread that held the lock asked for it again, and would have waited for itself' : 'A thread gave back a lock that it did not hold'}, after ${before} of ${steps.length} steps.`,
    look: 'which of your functions takes the lock, which gives it back, and what the other ones rely on when they are called.',
  });
}

function isBack(ending: Ending, isHeldInTheEnd: boolean): void {
  check(ending.kind === 'returned', {
    expected: 'interpret to return when no step throws',
    happened: `It threw "${ending.kind === 'threw' ? ending.message : ''}".`,
    look: 'what is thrown, and by whom.',
  });
  check(!isHeldInTheEnd, {
    expected: 'the lock to be free when interpret has returned',
    happened: 'The thread still held it, and every other thread would wait for ever.',
    look: 'what the thread does with the lock after its last step.',
  });
}

function computed(word: number, rounds: number): number {
  let value = word;
  for (let round = 0; round < rounds; round += 1) value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0;
  return value;
}

function show(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  return JSON.stringify(value) ?? typeof value;
}
