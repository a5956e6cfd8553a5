// The author's half of each test, beside the learner's code: keeps the pool, its promises and what they came to, and says which
// children Node has started. What it reports is for the suite to judge.
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { readdirSync } from 'node:fs';
import { openPool, type Pool } from './lab.ts';

/** What a promise of the learner's came to. */
export type Outcome =
  | { readonly kind: 'pending' }
  | { readonly kind: 'resolved'; readonly value: unknown }
  | { readonly kind: 'rejected'; readonly error: unknown }
  /** There is no promise: the call itself threw. */
  | { readonly kind: 'threw'; readonly error: unknown };

/** What is so after a turn of the event loop. */
export interface Now {
  /** of each ask, in order */
  readonly asks: readonly Outcome[];
  readonly close: Outcome | undefined;
  /** children that were started and have not exited, as Node knows it */
  readonly alive: number;
  /** the most of them at a time */
  readonly mostAlive: number;
  /** children that were started */
  readonly started: number;
  /** children whose "exit" event has come */
  readonly exited: number;
  /** whether the learner's code has set a timer: it may look now and then whether something has happened */
  readonly hasTimers: boolean;
}

const turnMs = 5;
/** Turns that a pool has to close when all of its children are gone. */
const turnsToClose = 100;

let children: ChildProcess[] = [];
let mostAlive = 0;
let pool: Pool | undefined;
let asks: Outcome[] = [];
let closing: Outcome | undefined;

// Node announces each child, so the learner's code need not say anything.
subscribe('child_process', (message) => {
  const child = (message as { process: ChildProcess }).process;
  children.push(child);
  // It has no number yet.
  mostAlive = Math.max(mostAlive, children.filter(isAlive).length + 1);
});

/** @param file of the lab's folder, without its ending */
export function open(file: string, size: number, port: number): void {
  children = [];
  mostAlive = 0;
  asks = [];
  closing = undefined;
  process.env.INTERLEAVE_STRINGS = String(port);
  pool = openPool(new URL(`./${file}.mjs`, import.meta.url), size);
}

/** Asks in one go, without a turn of the loop between two questions. */
export function ask(...questions: readonly unknown[]): void {
  for (const question of questions) follow(asks, asks.length, (opened) => opened.ask(question));
}

/** Asks a question that no channel can carry. */
export function askImpossible(): void {
  ask({ callback: () => {} });
}

/** Kills a child and asks, in the same turn of the loop: so nothing has told the program of the end when the question is sent. */
export function killAndAsk(pid: number, question: unknown): void {
  process.kill(pid, 'SIGKILL');
  do Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  while (hasThreads(pid));
  ask(question);
}

export function close(): void {
  const all: Outcome[] = [];
  follow(
    all,
    0,
    (opened) => opened.close(),
    (outcome) => (closing = outcome),
  );
}

/** Lets the event loop turn. */
export async function turn(): Promise<Now> {
  await new Promise((resolve) => setTimeout(resolve, turnMs));
  const alive = children.filter(isAlive).length;
  const exited = children.filter(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null).length;
  const hasTimers = process.getActiveResourcesInfo().includes('Timeout');
  return { asks, close: closing, alive, mostAlive, started: children.length, exited, hasTimers };
}

/** Ends whatever is left of a test, and what a pool may have besides its children: threads, timers. */
export async function clear(): Promise<void> {
  const left = closing === undefined ? pool : undefined;
  pool = undefined;
  let turns = 0;
  const end = () => (turns = turnsToClose);
  // Before its children are killed, so that it starts no others in their place.
  (async () => left?.close())().then(end, end);
  const killed = children.filter(isAlive);
  for (const child of killed) child.kill('SIGKILL');
  while (turns < turnsToClose) {
    await new Promise((resolve) => setTimeout(resolve, turnMs));
    if (!killed.some(isAlive)) turns += 1;
  }
  // Some pool may start others all the same, and would go on with it in the next test.
  for (const child of children) {
    child.removeAllListeners().on('error', () => {});
    if (isAlive(child)) child.kill('SIGKILL');
  }
  children = [];
}

function follow(
  list: Outcome[],
  index: number,
  call: (opened: Pool) => Promise<unknown>,
  isSettled: (outcome: Outcome) => void = () => {},
): void {
  const settle = (outcome: Outcome) => {
    list[index] = outcome;
    isSettled(outcome);
  };
  settle({ kind: 'pending' });
  const opened = pool;
  if (!opened) return;
  let promise;
  try {
    promise = call(opened);
  } catch (error) {
    settle({ kind: 'threw', error });
    return;
  }
  Promise.resolve(promise).then(
    (value) => settle({ kind: 'resolved', value }),
    (error: unknown) => settle({ kind: 'rejected', error }),
  );
}

/** Whether a process that was killed still has threads that hold its pipes open. Only Linux tells. */
function hasThreads(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).length > 1;
  } catch {
    return false;
  }
}

function isAlive({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}
