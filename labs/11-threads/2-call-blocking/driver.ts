// The author's half of each test, beside the learner's code: hands over what cannot cross the wire (shared memory,
// signals) and makes things happen in a certain order. What it reports is for the suite to judge.
import { execFile } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { fileURLToPath } from 'node:url';
import { cameTo, givenUp, newGate, openGate } from './gate.ts';
import { callBlocking } from './lab.ts';
import { seeingThreads, type Outcome, type SeenThreads, type Unheard } from './seen-threads.ts';

const library = new URL('./library.ts', import.meta.url).href;
/** Turns of the event loop in which what was called too often, or too late, has come. */
const someTurns = 3;

/** A call of the learner's function; without a module it is one of library.ts, and `./` is this folder. */
export interface Call {
  readonly module?: string;
  readonly name: string;
  readonly args: readonly unknown[];
}

interface Seen {
  readonly started: number;
  readonly unheard: readonly Unheard[];
}

/** Makes all calls at once, and waits for each. */
export function callAll(calls: readonly Call[]): Promise<Seen & { readonly outcomes: Outcome[] }> {
  return seeingThreads(async (seen) => {
    const outcomes = await Promise.all(
      calls.map(({ module = library, name, args }) => {
        const address = module.startsWith('./') ? new URL(module, import.meta.url).href : module;
        return seen.outcome(() => callBlocking(address, name, args));
      }),
    );
    return { outcomes, ...whatWasSeen(seen) };
  });
}

/**
 * Calls a function that blocks until the suite has named two numbers, and then computes with their sum.
 * @param nextNumber called in the suite while the function blocks, one call after the other
 * @param onComputed called when the function has computed and its thread is still there
 */
export function holdAndCompute(
  rounds: number,
  nextNumber: () => Promise<number>,
  onComputed: () => Promise<void>,
): Promise<Seen & { readonly outcome: Outcome }> {
  return seeingThreads(async (seen) => {
    const [gate, computed] = [newGate(), newGate()];
    let isSettled = false;
    const call = seen
      .outcome(() => callBlocking(library, 'hold', [gate, computed, rounds]))
      .finally(() => (isSettled = true));
    await seen.until(() => cameTo(gate) === 1 || isSettled);
    if (cameTo(gate) === 1) openGate(gate, (await nextNumber()) + (await nextNumber()));
    await seen.until(() => cameTo(computed) === 1 || isSettled);
    if (cameTo(computed) === 1) await onComputed();
    openGate(computed, givenUp);
    return { outcome: await call, ...whatWasSeen(seen) };
  });
}

/**
 * Calls a function for each word; none of the functions goes on before all of them have been called. Then they return
 * one by one, each when the promise of the one before it has settled.
 * @param order the places of the words, in which the functions return
 * @returns also how many came together, and how many threads had been started by then
 */
export function meetAll(
  words: readonly number[],
  order: readonly number[],
): Promise<Seen & { readonly outcomes: Outcome[]; readonly came: number; readonly startedByThen: number }> {
  return seeingThreads(async (seen) => {
    const gate = newGate();
    const turns = words.map(newGate);
    let settled = 0;
    const calls = words.map((word, index) =>
      seen.outcome(() => callBlocking(library, 'meet', [gate, turns[index], word])).finally(() => (settled += 1)),
    );
    // When those that were started are there or gone, only the learner's code can start another one.
    const allCame = await seen.until(
      () => cameTo(gate) === words.length || settled === words.length,
      () => cameTo(gate) + seen.ended >= seen.started,
      () => seen.started + seen.ended + cameTo(gate),
    );
    const came = cameTo(gate);
    const startedByThen = seen.started;
    openGate(gate, allCame ? 1 : givenUp);
    for (const index of order) {
      openGate(turns[index]!, 1);
      await calls[index];
    }
    return { outcomes: await Promise.all(calls), came, startedByThen, ...whatWasSeen(seen) };
  });
}

/**
 * Calls a function that adds up what it is given and then clears it. As soon as the call is made, the caller puts
 * `late` into both, which is too late.
 * @returns also what the caller has of it afterwards
 */
export function takeAll(
  points: Map<string, number>,
  bytes: Uint8Array,
  late: number,
): Promise<
  Seen & { readonly outcome: Outcome; readonly points: Map<string, number>; readonly bytes: Uint8Array | undefined }
> {
  return seeingThreads(async (seen) => {
    const outcome = await seen.outcome(() => {
      const promise = callBlocking(library, 'takeAll', [points, bytes]);
      points.set('late', late);
      return promise;
    });
    // Bytes that were transferred are gone, and must not be touched.
    const isThere = bytes.byteLength > 0;
    return { outcome, points, bytes: isThere ? bytes : undefined, ...whatWasSeen(seen) };
  });
}

/**
 * Calls a function that leaves a timer behind in its thread. When it throws, its thread stays for some turns after the
 * loop has heard of it, so that nobody is right by chance.
 * @param onSettled called when the promise has settled, before anything is cleared away
 * @returns also how many threads were there when the promise settled
 */
export function leaveATimer(
  name: 'connect' | 'connectInVain',
  word: number | string,
  onSettled: () => Promise<void>,
): Promise<Seen & { readonly outcome: Outcome; readonly here: number }> {
  return seeingThreads(async (seen) => {
    const beats = new Int32Array(new SharedArrayBuffer(4));
    const leaving = newGate();
    let here = 0;
    let isOver = false;
    const call = seen
      .outcome(
        () => noting(callBlocking(library, name, [beats, leaving, word]), () => (here = seen.here)),
        () => Atomics.load(beats, 0),
      )
      .finally(() => (isOver = true));
    await seen.until(() => cameTo(leaving) === 1 || isOver);
    if (cameTo(leaving) === 1) await seen.turns(someTurns);
    openGate(leaving, 1);
    const outcome = await call;
    if (outcome.kind !== 'pending') await onSettled();
    return { outcome, here, ...whatWasSeen(seen) };
  });
}

/**
 * Makes two calls with one signal, of a function that keeps a core busy for ever and of one that sleeps for ever, and
 * aborts it when both have begun.
 * @param onSettled called when the promises have settled, before anything is cleared away
 * @returns also how many threads were there when the promises had settled
 */
export function abortBoth(
  reason: Error,
  onSettled: () => Promise<void>,
): Promise<Seen & { readonly outcomes: Outcome[]; readonly here: number }> {
  return seeingThreads(async (seen) => {
    const beats = new Int32Array(new SharedArrayBuffer(4));
    const gate = newGate();
    const controller = new AbortController();
    let [here, settled] = [0, 0];
    const isOver = () => {
      here = seen.here;
      settled += 1;
    };
    const spinning = seen.outcome(
      () => noting(callBlocking(library, 'spin', [beats], controller.signal), isOver),
      () => (controller.signal.aborted ? Atomics.load(beats, 0) : 0),
    );
    const sleeping = seen.outcome(() => noting(callBlocking(library, 'sleep', [gate], controller.signal), isOver));
    await seen.until(() => (Atomics.load(beats, 0) > 0 && cameTo(gate) === 1) || settled > 0);
    controller.abort(reason);
    const spun = await spinning;
    if (spun.kind === 'pending') return { outcomes: [spun], here, ...whatWasSeen(seen) };
    const slept = await sleeping;
    await onSettled();
    return { outcomes: [spun, slept], here, ...whatWasSeen(seen) };
  });
}

/**
 * Makes two calls with one signal, of which one resolves and one rejects, then aborts it, and calls once more with it.
 * @returns also how many listeners the signal had after the two calls, and how many threads were started for the last
 */
export function signalOutlivesItsCalls(
  word: number,
  reason: Error,
): Promise<
  Seen & {
    readonly outcomes: Outcome[];
    readonly last: Outcome;
    readonly listenersLeft: number;
    readonly startedForLast: number;
  }
> {
  return seeingThreads(async (seen) => {
    const controller = new AbortController();
    const { signal } = controller;
    const outcomes = [
      await seen.outcome(() => callBlocking(library, 'same', [word], signal)),
      await seen.outcome(() => callBlocking(library, 'fail', ['no tea', word], signal)),
    ];
    const listenersLeft = getEventListeners(signal, 'abort').length;
    controller.abort(reason);
    await seen.turns(someTurns);
    const { started } = seen;
    const last = await seen.outcome(() => callBlocking(library, 'same', [word], signal));
    return { outcomes, last, listenersLeft, ...whatWasSeen(seen), startedForLast: seen.started - started };
  });
}

/**
 * Starts a program that has nothing to do but to wait for one call: here something always keeps the program alive.
 * @returns what it printed and its exit code; undefined under a debugger, for which that program would wait
 */
export function callAlone(word: number): Promise<{ printed: string; code: unknown } | undefined> {
  const flags = process.execArgv;
  if (flags.some((flag) => flag.startsWith('--inspect-wait'))) return Promise.resolve(undefined);
  const file = fileURLToPath(new URL('./alone.ts', import.meta.url));
  return new Promise((resolve) => {
    execFile(process.execPath, [...flags, file, String(word)], (error, printed) =>
      resolve({ printed, code: error === null ? 0 : error.code }),
    );
  });
}

/** What is timed after a pass: three calls at once, each of which blocks for a while. */
export function queryThreeTimes(seed: number): Promise<unknown[]> {
  return Promise.all([1, 2, 3].map((part) => callBlocking(library, 'query', [seed + part, 70])));
}

/** The promise, and a look at how things stand at the moment when it settles. */
async function noting(promise: Promise<unknown>, look: () => void): Promise<unknown> {
  try {
    return await promise;
  } finally {
    look();
  }
}

function whatWasSeen({ started, unheard }: SeenThreads): Seen {
  return { started, unheard };
}
