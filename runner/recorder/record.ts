// What the recorder writes while a program runs, one JSON array a line, and how it is read. The lines come out of a process
// that runs a program which may write there, too, so nothing is taken for granted.

import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Who called: the program itself (script), one of the two queues that are emptied behind each callback (nextTick, microtask),
 * one of the loop's phases (timer, io, immediate, close), a message port, or the process for a handler of exit, a signal or
 * an error.
 */
export type Kind = 'script' | 'nextTick' | 'microtask' | 'timer' | 'immediate' | 'io' | 'close' | 'message' | 'process';

/** A line of the program, counted from 1. */
export interface Place {
  /** absolute */
  readonly file: string;
  readonly line: number;
}

/**
 * The file descriptor in the traced process that records are written to: far from those that the program gets, so that each of
 * its files has the number that it would have without us.
 */
export const recordFd = 63;

/** The variable that tells the recorder to record; it is gone before the program sees it. */
export const recordVariable = 'INTERLEAVE_RECORD';

/**
 * Node's variable for the folder in which compiled modules are kept. With it the recorder is there in 30 ms, without it
 * in 180: Node would strip and compile it anew each time.
 */
export const cacheVariable = 'NODE_COMPILE_CACHE';
export const cacheFolder = join(tmpdir(), 'interleave-recorder-cache');

/** Records at most; what comes later is not seen. A program may run for ever. */
export const mostRecords = 400_000;

const kinds: readonly Kind[] = [
  'script',
  'nextTick',
  'microtask',
  'timer',
  'immediate',
  'io',
  'close',
  'message',
  'process',
];

/** What could not be seen, by a name; the words are in assembly.ts. */
const unseenThings = ['thread', 'process', 'end-of-records', 'broken'] as const;
export type UnseenThing = (typeof unseenThings)[number];

/** Tasks, places and events are numbered in the order of their records; -1 is none. Times are ms since the start. */
export type Record =
  /** A place that later records name. */
  | readonly ['place', file: string, line: number]
  | readonly [
      'schedule',
      atMs: number,
      kind: Kind,
      label: string,
      place: number,
      parent: number,
      /** the promise (its number) that a microtask waits for; 0 for what waits for none */
      waitsFor: number,
      /** the promise that `then` returned: settled without a call, it means that no handler was for this outcome */
      derived: number,
      /** timers: in how many ms, and in which interval again; -1 */
      delayMs: number,
      everyMs: number,
    ]
  | readonly [
      'begin',
      atMs: number,
      task: number,
      kind: Kind,
      label: string,
      /** the function */
      place: number,
      scheduled: number,
      parent: number,
    ]
  /** The event that began last and has not ended: which function runs, where only its doing shows it. */
  | readonly ['runs', place: number]
  /** The event that began last and has not ended. */
  | readonly ['end', atMs: number]
  | readonly ['print', atMs: number, text: string, place: number]
  /** A promise (its number) was resolved or rejected; with a promise or thenable it will be once more. */
  | readonly ['resolve', atMs: number, promise: number]
  | readonly ['drop', atMs: number, task: number]
  /** The main file is about to run, if it is a CommonJS one. */
  | readonly ['main', atMs: number]
  | readonly ['unseen', what: UnseenThing];

const shapes: { readonly [name: string]: string } = {
  place: 'sn',
  schedule: 'nksnnnnnn',
  begin: 'nnksnnn',
  runs: 'n',
  end: 'n',
  print: 'nsn',
  resolve: 'nn',
  drop: 'nn',
  main: 'n',
  unseen: 'u',
};

/** @returns undefined for what the recorder did not write */
export function parseRecord(line: string): Record | undefined {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!Array.isArray(record)) return undefined;
  const [name, ...fields] = record as unknown[];
  const shape = typeof name === 'string' && Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (shape === undefined || fields.length !== shape.length) return undefined;
  return fields.every((field, index) => fits(field, shape[index] ?? '')) ? (record as unknown as Record) : undefined;
}

function fits(field: unknown, shape: string): boolean {
  switch (shape) {
    case 'n':
      return typeof field === 'number' && Number.isFinite(field);
    case 's':
      return typeof field === 'string';
    case 'k':
      return kinds.includes(field as Kind);
    default:
      return unseenThings.includes(field as UnseenThing);
  }
}
