// The author's half of a test, beside the learner's code: one thread whose lock is watched, and three real ones that wait at a
// gate. What it reports is for the suite to judge.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { allowThreads, interpret } from './lab.ts';
import type { Ending, Event, PlannedStep } from './program.ts';
import type { FromThread, ThreadTask } from './thread.ts';
import { turnsOf, turnsWords } from './turns.ts';

/** Runs a program where nobody else wants the lock, and writes down what happens. */
export function runAlone(
  planned: readonly PlannedStep[],
  switchEvery: number,
): { readonly events: Event[]; readonly ending: Ending; readonly isHeldInTheEnd: boolean } {
  const events: Event[] = [];
  let isHeld = false;
  const lock = {
    acquire: () => {
      events.push({ what: isHeld ? 'taken twice' : 'taken' });
      isHeld = true;
    },
    release: () => {
      events.push({ what: isHeld ? 'given back' : 'given back unheld' });
      if (!isHeld) throw new Error('the lock was given back by a thread that does not hold it');
      isHeld = false;
    },
  };
  const program = planned.map(({ kind, returns, throws }, at) => ({
    kind,
    run: () => {
      events.push({ what: 'step', at, isHeld });
      if (throws !== undefined) throw new RangeError(throws);
      return returns;
    },
  }));
  let ending: Ending;
  try {
    ending = { kind: 'returned', value: interpret(lock, program, switchEvery) };
  } catch (error) {
    ending = { kind: 'threw', message: String((error as Error)?.message) };
  }
  return { events, ending, isHeldInTheEnd: isHeld };
}

/** What became of two bodies; of what was thrown the message. */
export interface Came {
  readonly returned: unknown;
  readonly thrown: string | undefined;
}

/** Lets go with a body that returns `answer`, and with one that throws `reason`, where nobody else wants the lock. */
export function letGoAlone(answer: number, reason: string): Came {
  const lock = turnsOf(words32(turnsWords));
  lock.acquire();
  const returned = allowThreads(lock, (): unknown => answer);
  try {
    allowThreads(lock, () => {
      throw new RangeError(reason);
    });
  } catch (error) {
    return { returned, thrown: String((error as Error | undefined)?.message) };
  }
  return { returned, thrown: undefined };
}

export interface RealThreads {
  /** what each thread's program returned; undefined of one that came to no end */
  readonly results: unknown[];
  /** threads that held the lock while they stood at the gate */
  readonly holding: number[];
  /** the most threads that were computing at one time */
  readonly most: number;
}

/**
 * Each thread computes, waits at a gate and computes again.
 * @param onWait called in the suite when a thread stands at the gate; says whether it is open now
 */
export async function waitTogether(
  words: readonly number[],
  onWait: (thread: number) => Promise<boolean>,
): Promise<RealThreads> {
  const memory = words32(turnsWords);
  const [gate, inside, holders] = [words32(1), words32(2), words32(words.length)];
  const open = (): void => {
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
  };
  const results: unknown[] = words.map(() => undefined);
  const holding: number[] = [];
  const threads = words.map((word, id) => {
    const workerData: ThreadTask = { id, word, memory, gate, inside, holders };
    const thread = new Worker(new URL('./thread.ts', import.meta.url), { workerData });
    thread.on('message', (message: FromThread) => {
      if (message.kind === 'result') results[id] = message.value;
      else if (Atomics.load(holders, id) === 1) {
        // It stands at the gate, so it will hold the lock until the gate is opened: nobody else will come.
        holding.push(id);
        open();
      } else void onWait(id).then((isOpen) => isOpen && open());
    });
    return thread;
  });
  // One that fails, or leaves out its wait, keeps nobody at the gate.
  await Promise.allSettled(threads.map((thread) => once(thread, 'exit').finally(open)));
  await Promise.all(threads.map((thread) => thread.terminate()));
  return { results, holding, most: Atomics.load(inside, 1) };
}

function words32(count: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * count));
}
