// The author's half of each test, beside the learner's code: hands over what cannot cross the wire (an AbortSignal, a promise
// to be looked at while it is pending) and says which children Node has started. What it reports is for the suite to judge.
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { fileURLToPath } from 'node:url';
import { run, supervise, type Options, type Program } from './lab.ts';

/** What a promise of the learner's came to. */
export type Outcome =
  | { readonly kind: 'pending' }
  | { readonly kind: 'resolved'; readonly value: unknown }
  | { readonly kind: 'rejected'; readonly error: unknown };

/** What is so after a turn of the event loop. */
export interface Now {
  readonly outcome: Outcome;
  /** children that were started and have not exited, as Node knows it */
  readonly alive: number;
  /** children whose "exit" event has come */
  readonly exited: number;
  /** whether the learner's code has set a timer: it may look now and then whether something has happened */
  readonly hasTimers: boolean;
}

const turnMs = 5;

let children: ChildProcess[] = [];
let exited = 0;
let outcome: Outcome = { kind: 'pending' };
let stopping = new AbortController();

// Node announces each child, so the learner's code need not say anything.
subscribe('child_process', (message) => {
  const child = (message as { process: ChildProcess }).process;
  children.push(child);
  child.once('exit', () => {
    if (children.includes(child)) exited += 1;
  });
});

export function puppetFile(): string {
  return fileURLToPath(new URL('./puppet.mjs', import.meta.url));
}

export function beginRun(program: Program): void {
  begin(() => run(program));
}

export function beginSupervise(
  program: Program,
  options: Omit<Options, 'sleep' | 'signal'>,
  isStopped: boolean,
  sleep: (ms: number) => Promise<void>,
): void {
  begin(() => {
    if (isStopped) stopping.abort();
    return supervise(program, { ...options, sleep, signal: stopping.signal });
  });
}

export function stop(): void {
  stopping.abort();
}

/** Lets the event loop turn. */
export async function turn(): Promise<Now> {
  await new Promise((resolve) => setTimeout(resolve, turnMs));
  const alive = children.filter(isAlive).length;
  const hasTimers = process.getActiveResourcesInfo().includes('Timeout');
  return { outcome, alive, exited, hasTimers };
}

/** Ends whatever is left of a test. */
export function clear(): void {
  for (const child of children.filter(isAlive)) child.kill('SIGKILL');
  children = [];
}

function begin(call: () => Promise<unknown>): void {
  children = [];
  exited = 0;
  outcome = { kind: 'pending' };
  const mine = new AbortController();
  stopping = mine;
  const settle = (settled: Outcome) => {
    // What an earlier test had begun may settle late.
    if (stopping === mine) outcome = settled;
  };
  (async () => call())().then(
    (value) => settle({ kind: 'resolved', value }),
    (error: unknown) => settle({ kind: 'rejected', error }),
  );
}

function isAlive({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}
