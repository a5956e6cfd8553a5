// The author's half of each test, beside the learner's code: calls get from callbacks of the event loop and writes down
// in which order things happen. It knows nothing of what is right.
import { stat } from 'node:fs';
import { inspect } from 'node:util';
import { sameTurn } from './lab.ts';
import type { Key, Source, Step } from './turns.ts';

/** What happened, in order. */
export type Event =
  /** the loop calls the callback of a turn; the last one belongs to no turn and asks for nothing */
  | { readonly kind: 'begin'; readonly turn: number }
  /** of the loop, too: an immediate or a timer that was set in the turn */
  | { readonly kind: 'next'; readonly by: 'immediate' | 'timer' }
  | { readonly kind: 'get'; readonly key: Key; readonly loader: number; readonly place: Place }
  /** @param keys what load was given: where that is no list, in words */
  | { readonly kind: 'load'; readonly keys: readonly unknown[] | string; readonly loader: number };

/** Where something is asked for. */
export type Place = 'callback' | 'tick' | 'microtask' | 'load' | 'answer';

/** What a promise of get came to. */
export type Outcome =
  | { readonly kind: 'resolved'; readonly value: unknown }
  /** @param isTheOne whether it is the very error that load failed with */
  | { readonly kind: 'rejected'; readonly text: string; readonly isTheOne: boolean }
  | { readonly kind: 'pending' }
  /** there was no promise, for get threw */
  | { readonly kind: 'threw'; readonly text: string; readonly error: unknown }
  | { readonly kind: 'no promise'; readonly value: unknown };

export interface Asked {
  readonly key: Key;
  readonly turn: number;
  readonly outcome: Outcome;
}

export interface Report {
  readonly events: readonly Event[];
  /** what came of each get, in the order of asking */
  readonly asked: readonly Asked[];
  /** what each call of load was given, and what the same list held when all turns were over */
  readonly lists: readonly { readonly given: readonly unknown[]; readonly later: readonly unknown[] }[];
  /** failures that nobody heard; without the driver the first would have ended the program */
  readonly unheard: readonly { readonly text: string; readonly error: unknown }[];
}

export interface Plan {
  readonly source: Source;
  readonly turns: readonly (readonly Step[])[];
  /** how many functions are made with sameTurn; they have the same values */
  readonly loaders?: number;
  /** what each key's value is; any other key's is undefined */
  readonly values: readonly (readonly [Key, unknown])[];
  /** the answers stay out until all turns are over, and then come, the last one first */
  readonly isHeld?: boolean;
  /** calls of load, counted from 0, that fail, and how */
  readonly fails?: Readonly<Record<number, 'rejects' | 'throws'>>;
  /** asked for by load, at once, in its first call */
  readonly askedInLoad?: Key;
  /** asked for when the first promise has brought its value */
  readonly askedAfterAnswer?: Key;
}

/** Turns of the loop in which what is too much has come, and those in which a promise that is late has settled. */
const lastTurns = 3;
const mostLastTurns = 20;

export async function run(plan: Plan): Promise<Report> {
  const events: Event[] = [];
  const asked: { key: Key; turn: number; outcome: Outcome }[] = [];
  const unheard: { text: string; error: unknown }[] = [];
  const values = new Map(plan.values);
  const errors = new Set<unknown>();
  const held: (() => void)[] = [];
  const handed: { given: unknown[]; same: unknown[] }[] = [];
  let turn = 0;
  let calls = 0;
  let isOver = false;

  const note = (event: Event): void => {
    if (!isOver && events.length < 2_000) events.push(event);
  };
  const hear = (error: unknown): void => void unheard.push({ text: textOf(error), error: copyOf(error) });
  process.on('unhandledRejection', hear).on('uncaughtException', hear);

  const loadOf =
    (loader: number) =>
    (keys: Key[]): Promise<unknown[]> => {
      const list: unknown[] | string = Array.isArray(keys) ? [...keys] : inspect(keys).slice(0, 80);
      if (Array.isArray(list)) handed.push({ given: list, same: keys });
      note({ kind: 'load', keys: list, loader });
      const call = calls++;
      if (call === 0 && plan.askedInLoad !== undefined) ask(plan.askedInLoad, loader, 'load');
      const how = plan.fails?.[call];
      if (how) {
        const error = new RangeError(`call ${call + 1} failed`);
        errors.add(error);
        if (how === 'throws') throw error;
        return Promise.reject(error);
      }
      const answer = Array.isArray(list) ? list.map((key) => values.get(key as Key)) : [];
      if (!plan.isHeld) return Promise.resolve(answer);
      return new Promise((resolve) => held.push(() => resolve(answer)));
    };
  const getters = Array.from({ length: plan.loaders ?? 1 }, (_, loader) => sameTurn<Key, unknown>(loadOf(loader)));

  const ask = (key: Key, loader: number, place: Place): void => {
    note({ kind: 'get', key, loader, place });
    const one: { key: Key; turn: number; outcome: Outcome } = { key, turn, outcome: { kind: 'pending' } };
    const isFirst = asked.push(one) === 1;
    try {
      const promise: unknown = getters[loader]?.(key);
      if (!(promise instanceof Promise)) {
        one.outcome = { kind: 'no promise', value: promise };
        return;
      }
      promise.then(
        (value: unknown) => {
          one.outcome = { kind: 'resolved', value };
          if (isFirst && plan.askedAfterAnswer !== undefined) ask(plan.askedAfterAnswer, loader, 'answer');
        },
        (error: unknown) => (one.outcome = { kind: 'rejected', text: textOf(error), isTheOne: errors.has(error) }),
      );
    } catch (error) {
      one.outcome = { kind: 'threw', text: textOf(error), error: copyOf(error) };
    }
  };
  const perform = async (steps: readonly Step[], place: Place): Promise<void> => {
    for (const step of steps) {
      if (step.does === 'get') ask(step.key, step.loader ?? 0, place);
      else if (step.does === 'tick') process.nextTick(() => void perform(step.steps, 'tick'));
      else void behind(step.times, () => perform(step.steps, 'microtask'));
    }
  };
  const begin = (index: number): void => {
    turn = index;
    note({ kind: 'begin', turn: index });
    void perform(plan.turns[index] ?? [], 'callback');
  };

  await callFrom(plan.source, plan.turns.length, begin, (by) => note({ kind: 'next', by }));
  const lists = handed.map(({ given, same }) => ({ given, later: [...same] }));
  for (const release of held.toReversed()) {
    release();
    await new Promise(setImmediate);
  }
  const isPending = (): boolean => asked.some(({ outcome }) => outcome.kind === 'pending');
  for (let last = 0; last < (isPending() ? mostLastTurns : lastTurns); last += 1)
    await new Promise((resolve) => setTimeout(resolve, 1));
  isOver = true;
  process.off('unhandledRejection', hear).off('uncaughtException', hear);
  return { events, asked, lists, unheard };
}

/**
 * Lets the loop call `begin` for each turn, and once more behind the last one. From timers and immediates they are of
 * the same phase, one behind the other. Behind a read comes an immediate that tells `next`, and a timer that does.
 */
function callFrom(
  source: Source,
  turns: number,
  begin: (turn: number) => void,
  next: (by: 'immediate' | 'timer') => void,
): Promise<void> {
  return new Promise((resolve) => {
    const call = (turn: number): void => {
      begin(turn);
      if (turn === turns) resolve();
    };
    if (source !== 'read') {
      for (let turn = 0; turn <= turns; turn += 1) {
        if (source === 'timer') setTimeout(() => call(turn), 1);
        else setImmediate(() => call(turn));
      }
      return;
    }
    const read = (turn: number): void =>
      stat('.', () => {
        let left = 2;
        const goesOn = (by: 'immediate' | 'timer') => (): void => {
          next(by);
          left -= 1;
          if (left === 0 && turn < turns) read(turn + 1);
        };
        setImmediate(goesOn('immediate'));
        setTimeout(goesOn('timer'), 0);
        call(turn);
      });
    read(0);
  });
}

async function behind(awaits: number, then: () => Promise<void>): Promise<void> {
  for (let count = 0; count < awaits; count += 1) await Promise.resolve();
  await then();
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : inspect(error, { depth: 0 }).slice(0, 100);
}

/** With nothing else in it: it has to cross to the suite. */
function copyOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  const { name, message, stack = '' } = error;
  return Object.assign(new Error(message), { name, stack });
}
