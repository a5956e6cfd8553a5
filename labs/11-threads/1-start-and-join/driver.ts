// The author's half of each test, beside the learner's code: hands over what cannot cross the wire (shared memory, the
// thread files) and makes things happen in a certain order. What it reports is for the suite to judge.
import { join, runAll, start, type Job, type Thread } from './lab.ts';
import { seeingThreads, type Outcome, type SeenThreads, type Unheard } from './seen-threads.ts';
import { cameTo, giveUpGate, newGate, openGate, type Gate } from './threads/gate.ts';

/** Turns in which a promise that settled too early has settled. */
const someTurns = 3;
/** How long a thread is held before its end: longer than the pauses that stand in programs in place of a wait. */
const holdMs = 1_500;

/** A job with the thread file by its name in threads/. */
export interface NamedJob {
  readonly file: string;
  readonly data: unknown;
}

/** What came of threads that were joined one by one. */
interface Joined {
  readonly started: number;
  /** how many were stopped before they had come to their end */
  readonly stopped: number;
  readonly unheard: Unheard[];
}

/**
 * Starts a thread for each job, and joins each at once. Between the two the caller's data changes: the Maps among it
 * get an entry, `late`, which is too late for the threads.
 */
export function joinAtOnce(
  jobs: readonly NamedJob[],
  late = 0,
): Promise<Joined & { readonly outcomes: Outcome[]; readonly data: unknown[] }> {
  return seeingThreads(async (seen) => {
    const threads = jobs.map(begin);
    for (const { data } of jobs) if (hasPoints(data)) data.points.set('late', late);
    const outcomes = await Promise.all(threads.map((thread) => joined(seen, thread)));
    return { outcomes, data: jobs.map(({ data }) => data), ...whatWasSeen(seen) };
  });
}

function hasPoints(data: unknown): data is { readonly points: Map<string, number> } {
  return typeof data === 'object' && data !== null && 'points' in data && data.points instanceof Map;
}

/**
 * Joins a thread that works on after its answer, one that is slow to end after it has thrown, and one that leaves with
 * an exit code after its answer. The first two are held for a while, and get no further while they are.
 * @returns also whether those two were through with all that they do when join came back
 */
export function joinBeforeTheEnd(
  word: number,
  reason: string,
  code: number,
): Promise<Joined & { working: Outcome; isTidy: boolean; failing: Outcome; isGone: boolean; leaving: Outcome }> {
  return seeingThreads(async (seen) => {
    const [working, failing] = [newHeld(), newHeld()];
    let early = 0;
    const joinHeld = async (file: string, data: object, { gate, done }: Held) => {
      const outcome = await joined(seen, begin({ file, data: { ...data, gate, done } }));
      early += 1;
      return { outcome, isDone: Atomics.load(done, 0) === 1 };
    };
    const workingOne = joinHeld('answer-then-tidy', { word }, working);
    const failingOne = joinHeld('fail-slowly', { reason }, failing);
    const leavingOne = joined(seen, begin({ file: 'answer-then-leave', data: { word, code } }));
    await seen.until(
      () => seen.answered === 2 && seen.failed === 1,
      () => seen.running <= cameTo(working.gate),
    );
    // A pause that began with the answer or before is over by then, if it is shorter; the end of the thread is not.
    await seen.holdWhile(() => early === 0, holdMs);
    openGate(working.gate);
    openGate(failing.gate);
    const [tidy, gone, leaving] = await Promise.all([workingOne, failingOne, leavingOne]);
    await seen.until(
      () => seen.ended === seen.started,
      () => seen.running === 0,
    );
    return {
      working: tidy.outcome,
      isTidy: tidy.isDone,
      failing: gone.outcome,
      // A Node that ends a thread in another way does not hold it here, and then there is nothing to be seen.
      isGone: gone.isDone || cameTo(failing.gate) === 0,
      leaving,
      ...whatWasSeen(seen),
    };
  });
}

/** Joins a thread that throws, and one that throws when its answer has come. */
export function joinFailures(
  failing: { readonly reason: string; readonly shelf: number },
  late: { readonly word: number; readonly reason: string },
): Promise<Joined & { failing: Outcome; late: Outcome }> {
  return seeingThreads(async (seen) => {
    const gate = newGate();
    const both = Promise.all([
      joined(seen, begin({ file: 'fail', data: failing })),
      joined(seen, begin({ file: 'answer-then-fail', data: { ...late, gate } })),
    ]);
    await seen.until(
      () => seen.answered === 1,
      () => seen.running <= cameTo(gate),
    );
    await seen.turns(someTurns);
    openGate(gate);
    const [failed, failedLate] = await both;
    return { failing: failed, late: failedLate, ...whatWasSeen(seen) };
  });
}

/** Starts the threads, lets them all end, and only then joins them. */
export function joinLate(
  jobs: readonly NamedJob[],
): Promise<Joined & { readonly outcomes: Outcome[]; readonly exitsUnheard: number }> {
  return seeingThreads(async (seen) => {
    const threads = jobs.map(begin);
    await seen.until(
      () => seen.ended === jobs.length,
      () => seen.running === 0,
    );
    await seen.turns(someTurns);
    const { started, exitsUnheard } = seen;
    const outcomes = await Promise.all(threads.map((thread) => joined(seen, thread)));
    return { outcomes, exitsUnheard, ...whatWasSeen(seen), started };
  });
}

type Begun = { readonly kind: 'started'; readonly thread: Thread } | (Outcome & { readonly kind: 'not started' });

function begin({ file, data }: NamedJob): Begun {
  try {
    return { kind: 'started', thread: start(fileOf(file), data) };
  } catch (error) {
    return { kind: 'not started', error };
  }
}

async function joined(seen: SeenThreads, begun: Begun): Promise<Outcome> {
  return begun.kind === 'started' ? seen.outcome(() => join(begun.thread)) : begun;
}

function whatWasSeen({ started, stopped, unheard }: SeenThreads): Joined {
  return { started, stopped, unheard };
}

/** Where a thread is held, and where it says that it has done all that it does. */
interface Held {
  readonly gate: Gate;
  readonly done: Int32Array;
}

function newHeld(): Held {
  return { gate: newGate(), done: new Int32Array(new SharedArrayBuffer(4)) };
}

export interface Computation {
  readonly seed: number;
  readonly rounds: number;
}

/**
 * Runs a thread for each computation; they compute when all of them are there.
 * @param onComputed called when they have computed and are all still there
 */
export function meetAndCompute(
  work: readonly Computation[],
  onComputed: () => Promise<void>,
): Promise<{ outcome: Outcome } & Joined> {
  return seeingThreads(async (seen) => {
    const allHere = newGate();
    const computed = newGate();
    const jobs = work.map((data) => ({ file: fileOf('meet-and-compute'), data: { ...data, allHere, computed } }));
    const all = seen.outcome(() => runAll(jobs));
    await comeTogether(seen, allHere, jobs.length);
    const { started } = seen;
    if (started === jobs.length) {
      await seen.until(
        () => cameTo(computed) === jobs.length,
        () => seen.running === 0,
      );
      await onComputed();
    }
    openGate(computed);
    return { outcome: await all, ...whatWasSeen(seen), started };
  });
}

/**
 * Runs a thread for each word; the thread of the word at `index` is the `turns[index]`th to end. They all have to be
 * there before the first may.
 * @returns also how many of the threads were running when runAll came back
 */
export function endInTurn(
  words: readonly number[],
  turns: readonly number[],
): Promise<{ outcome: Outcome; running: number } & Joined> {
  return seeingThreads(async (seen) => {
    const gate = newGate();
    const file = fileOf('in-turn');
    const all = seen
      .outcome(() => runAll(words.map((word, index) => ({ file, data: { turns: gate, turn: turns[index], word } }))))
      .then((outcome) => ({ outcome, running: seen.running }));
    const allCame = await comeTogether(seen, gate, words.length);
    const { started } = seen;
    if (allCame) {
      for (let turn = 2; turn <= words.length; turn += 1) {
        const isNext = await seen.until(
          () => seen.ended === turn - 1,
          () => seen.running === 0,
        );
        if (!isNext) break;
        openGate(gate, turn);
      }
    }
    return { ...(await all), ...whatWasSeen(seen), started };
  });
}

/**
 * Runs four threads of which the last throws the first reason while the others are at work; then the second throws the
 * other one, then the first ends, then the third. So neither the first to fail nor the first in the list nor the last is
 * the last to end, and each time runAll has had the time to come back too early.
 * @param onSettled called when runAll has come back, before anything is cleared away
 * @returns also how many of the threads were running when runAll came back
 */
export function failAmongOthers(
  [reason, other]: readonly [string, string],
  onSettled: () => Promise<void>,
): Promise<{ outcome: Outcome; running: number } & Joined> {
  return seeingThreads(async (seen) => {
    const allHere = newGate();
    const held = newGate();
    const holds = (place: number): Job => ({ file: fileOf('hold'), data: { allHere, held, place } });
    const fails = (data: { reason: string; place: number }): Job => ({
      file: fileOf('fail'),
      data: { ...data, gate: allHere },
    });
    const jobs = [holds(1), fails({ reason: other, place: 2 }), holds(2), fails({ reason, place: 1 })];
    let isSettled = false;
    const settled = seen
      .outcome(() => runAll(jobs))
      .then(async (outcome) => {
        const { running } = seen;
        isSettled = true;
        await onSettled();
        return { outcome, running };
      });
    if (await comeTogether(seen, allHere, jobs.length)) {
      const steps = [() => openGate(allHere, 2), () => openGate(held, 1), () => openGate(held, 2)];
      for (const [index, step] of steps.entries()) {
        await seen.until(
          () => seen.ended === index + 1 || isSettled,
          () => seen.running === 0,
        );
        await seen.turns(someTurns);
        if (!isSettled) step();
      }
    } else giveUpGate(held);
    return { ...(await settled), ...whatWasSeen(seen) };
  });
}

/**
 * Opens the gate when `count` threads are there. Gives it up when those that were started are there or gone, and the
 * learner's code, which then has nothing else to do, starts no other one.
 */
async function comeTogether(seen: SeenThreads, gate: Gate, count: number): Promise<boolean> {
  const allCame = await seen.until(
    () => cameTo(gate) === count,
    () => cameTo(gate) + seen.ended >= seen.started,
    () => seen.started + seen.ended + cameTo(gate),
  );
  if (allCame) openGate(gate);
  else giveUpGate(gate);
  return allCame;
}

// #region workload
/** What is timed after a pass: two threads that compute. */
export function computeInTwo(seed: number): Promise<unknown[]> {
  const file = fileOf('compute');
  return runAll([1, 2].map((part) => ({ file, data: { seed: seed + part, rounds: 8_000_000 } })));
}
// #endregion

function fileOf(name: string): URL {
  return new URL(`./threads/${name}.ts`, import.meta.url);
}
