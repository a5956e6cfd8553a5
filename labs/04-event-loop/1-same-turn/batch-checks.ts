// What the tests of this lab demand of a report, and the words for it. It knows the driver's reports, and no test.
import { inspect } from 'node:util';
import { check, madeAt } from 'interleave/kit';
import type { Asked, Event, Place, Report } from './driver.ts';
import type { Key, Source } from './turns.ts';

type Get = Extract<Event, { kind: 'get' }>;
type Load = Extract<Event, { kind: 'load' }>;

/** What happened in one turn, and who came next. */
interface Turn {
  readonly name: string;
  readonly events: readonly Event[];
  readonly next: string;
}

/**
 * Demands that nothing has failed by a slip, and that no failure went unheard: neither says anything about batches.
 * @param throws whether a call of load threw at once
 */
export function nothingIsUnheard({ events, asked, unheard }: Report, throws: boolean): void {
  for (const event of events) if (event.kind === 'load') keysOf(event);
  for (const { key, outcome } of asked) {
    if (outcome.kind === 'threw') {
      noException(outcome.error, outcome.text);
      check(false, {
        expected: `get(${show(key)}) to return a promise`,
        happened: `It threw ${sentence(outcome.text)}`,
        look: 'what get does before it returns.',
      });
    }
    check(outcome.kind !== 'no promise', () => ({
      expected: `get(${show(key)}) to return a promise`,
      happened: `It returned ${show(outcome.kind === 'no promise' && outcome.value)}.`,
      look: 'each way through get, also for a key that is in the batch already.',
    }));
  }
  const [first] = unheard;
  if (!first) return;
  noException(first.error, first.text);
  check(false, {
    expected: `a failure of load to reach those who asked, and nobody else${throws ? ', also when load throws in place of returning a promise' : ''}`,
    happened: `${first.text} was thrown or rejected where nobody heard it. That ends the whole program.`,
    look: 'who calls load, and who waits for what it returns. A throw in a tick or a microtask of yours reaches no caller, nor does the rejection of a promise that nobody holds.',
  });
}

function noException(error: unknown, text: string): void {
  const at = error instanceof Error ? madeAt(error) : undefined;
  check(at === undefined, () => ({
    expected: 'your functions to come through their own lines',
    happened: `An exception in your code: ${sentence(text)}`,
    look: `${at}.`,
  }));
}

/**
 * Demands that load was called once in a turn, before the loop went on, with all keys that were asked for in it.
 * @param turn counted from 0
 */
export function oneCall({ events }: Report, source: Source, turn: number, loader = 0): void {
  const { name, events: all, next } = turnOf(events, source, turn);
  const isOwn = (event: Event): boolean => !('loader' in event) || event.loader === loader;
  const gets = all.filter((event): event is Get => event.kind === 'get' && isOwn(event));
  const loads = all.filter((event): event is Load => event.kind === 'load' && isOwn(event));
  const keys = [...new Set(gets.map(({ key }) => key))];
  const expected = `one call of load in the turn of ${name}, with ${list(keys)}`;
  const story = storyOf(all, name, next);
  const [first, ...others] = loads;
  if (!first) {
    const begin = events.findIndex((event) => event.kind === 'begin' && event.turn === turn);
    const isEarlier = events.slice(0, begin).some(({ kind }) => kind === 'load');
    const isLater = events.slice(begin).some(({ kind }) => kind === 'load');
    check(false, {
      expected: `${expected}, before the loop goes on`,
      happened: withStory(`load had not been called when the loop went on to ${next}.`, story),
      look: isEarlier ? secondBatch : isLater ? tooLate : neverCalled,
    });
  }
  const firstKeys = keysOf(first);
  check(others.length === 0, () => {
    const missed = gets.find(({ key }) => !firstKeys.includes(key));
    return {
      expected,
      happened: withStory(
        `load was called ${loads.length} times: with ${loads.map((load) => list(keysOf(load))).join(', then ')}.`,
        story,
      ),
      look: missed
        ? tooEarly[missed.place]
        : 'what closes a batch. Every key of it has already been in the first call.',
    };
  });
  const foreign = firstKeys.filter((key) => !keys.includes(key as Key));
  check(foreign.length === 0, {
    expected,
    happened: withStory(
      `load was called with ${list(firstKeys)}. In this turn nobody has asked for ${list(foreign)}.`,
      story,
    ),
    look: foreign.some((key) => keys.map(String).includes(String(key)))
      ? "how you keep the keys. The names of an object's properties are texts; a Map or a list keeps them as they are."
      : 'what is left over from another batch when a new one begins, and whom a batch belongs to: each function that sameTurn returns has its own.',
  });
  const missing = keys.filter((key) => !firstKeys.includes(key));
  check(missing.length === 0, () => {
    const place = gets.find(({ key }) => missing.includes(key))?.place ?? 'callback';
    return {
      expected,
      happened: withStory(`load was called with ${list(firstKeys)}. It lacks ${list(missing)}.`, story),
      look: missing.some((key) => firstKeys.map(String).includes(String(key)))
        ? "how you tell whether a key is already there. 1 and '1' are two keys; for the properties of an object they are one."
        : missing.every(isOdd)
          ? oddKeys
          : `what becomes of a key that is asked for when the batch is already under way, and whether something is kept from before. ${tooEarly[place]}`,
    };
  });
  check(firstKeys.length === keys.length, {
    expected: `${expected}, each once`,
    happened: withStory(`load was called with ${list(firstKeys)}.`, story),
    look: firstKeys.filter((key, index) => firstKeys.indexOf(key) !== index).every(isOdd)
      ? oddKeys
      : 'what get does with a key that is already in the batch.',
  });
  check(
    keys.every((key, index) => Object.is(firstKeys[index], key)),
    {
      expected: `${expected}, in this order`,
      happened: withStory(`load was called with ${list(firstKeys)}.`, story),
      look: 'the order of the keys: the one that was asked for first comes first.',
    },
  );
}

/** Whether it is one of those keys that a careless test takes for none, or for another one. */
const isOdd = (key: unknown): boolean => !key;
const oddKeys =
  "how you tell whether a key is already there. 0, '' and NaN are keys like all others; NaN === NaN is false, but a Map takes it for the same.";

const neverCalled = 'what calls load, and who sets that in motion.';
const secondBatch =
  'what is left over from the batch before. The next one does not wait for its answer, nothing is kept of its values, and its failure is over.';
const tooLate =
  'what calls load. A timer or an immediate belongs to the loop: others may have their turn before it. What runs behind a callback, before the loop goes on?';

/** Why a key that is asked for in such a place has missed the call. */
const tooEarly: Readonly<Record<Place, string>> = {
  callback:
    'when load is called. At a get nobody knows who else will ask: write the key down, and call load when the callback is over.',
  tick: 'when load is called. Other ticks of the callback stand in the queue behind the one that you set. What comes behind all ticks?',
  microtask:
    'when load is called. Ticks that a callback sets run before its microtasks, and your microtask before those that others will set. No number of them is enough. What comes when there is no microtask left, and before the loop goes on?',
  load: 'when a batch is closed: before load is called, for load may ask, too.',
  answer: 'when a batch is closed: before load is called, not when its answer is there.',
};

/** Demands that promises have brought the values of their keys. */
export function valuesOf({ asked }: Report, values: ReadonlyMap<Key, unknown>): void {
  for (const one of asked) {
    const { key, outcome } = one;
    const value = values.get(key);
    const expected = `get(${show(key)}) to bring ${show(value)}`;
    const isOddValue = !value || value instanceof Error;
    settled(one, expected, isOddValue ? oddValues : undefined);
    check(outcome.kind === 'resolved', () => ({
      expected,
      happened: `The promise rejected with ${sentence(outcome.kind === 'rejected' ? outcome.text : '')}`,
      look: isOddValue ? oddValues : 'whose failure it is: a batch has an answer of its own.',
    }));
    check(isSame(outcome.value, value), {
      expected,
      happened: `It brought ${show(outcome.value)}.`,
      look: Array.isArray(outcome.value)
        ? 'what load resolves with: a list of values, one for each key, in the order of the keys.'
        : isOddValue
          ? oddValues
          : 'what the promise resolves with, and how a value finds those who asked for it. Values come in the order of the keys that load was given, each key once.',
    });
  }
}

const oddValues =
  'what you ask of a value before you hand it on. Whatever load resolves with is a value: undefined, null, 0 and an Error, too.';

/** Errors come as copies. */
function isSame(one: unknown, other: unknown): boolean {
  if (one instanceof Error && other instanceof Error) return one.message === other.message;
  return Object.is(one, other);
}

/** Demands that load's lists of keys were not changed behind its back. */
export function keysStay({ lists }: Report): void {
  for (const { given, later } of lists) {
    check(later.length === given.length && given.every((key, index) => Object.is(later[index], key)), {
      expected: `the list that load was given to stay as it was: ${list(given)}`,
      happened: `Before load had answered, it was changed to: ${list(later)}.`,
      look: 'whose list that is. load may read it again behind an await: give it one that nobody changes any more.',
    });
  }
}

/**
 * Demands that a promise has settled.
 * @param look where to look if it has not
 */
export function settled({ outcome }: Asked, expected: string, look?: string): void {
  check(outcome.kind !== 'pending', {
    expected,
    happened: 'The promise was still pending when load had answered long ago.',
    look:
      look ??
      'who settles it. Each get has a promise, also for a key that is in the batch already; also when the batch began while load ran; and also when load fails.',
  });
}

/** What happened from the beginning of a turn until the loop calls somebody else. */
function turnOf(events: readonly Event[], source: Source, turn: number): Turn {
  const begin = events.findIndex((event) => event.kind === 'begin' && event.turn === turn);
  const isEnd = (event: Event): boolean => event.kind === 'begin' || event.kind === 'next';
  const length = events.slice(begin + 1).findIndex(isEnd);
  const end = length === -1 ? events.length : begin + 1 + length;
  const after = events[end];
  const next = after?.kind === 'next' ? `the ${after.by} of ${source} ${turn + 1}` : `${source} ${turn + 2}`;
  return { name: `${source} ${turn + 1}`, events: begin === -1 ? [] : events.slice(begin + 1, end), next };
}

const inPlace: Readonly<Record<Place, string>> = {
  callback: 'in the callback',
  tick: 'in a tick',
  microtask: 'in a microtask',
  load: 'in load',
  answer: 'behind an answer',
};

const mostLines = 16;

function storyOf(events: readonly Event[], name: string, next: string): string[] {
  const lines: { place: string; text: string }[] = [];
  for (const event of events) {
    if (event.kind === 'load') lines.push({ place: '', text: `load(${list(keysOf(event))})` });
    if (event.kind !== 'get') continue;
    const place = inPlace[event.place];
    const last = lines.at(-1);
    if (last?.place === place) last.text = `${last.text}, get(${show(event.key)})`;
    else lines.push({ place, text: `${place}: get(${show(event.key)})` });
  }
  const shown = lines.slice(0, mostLines).map(({ text }) => `  ${text}`);
  return [`${name}:`, ...shown, ...(lines.length > mostLines ? ['  ...'] : []), `${next}`];
}

function withStory(sentence: string, story: readonly string[]): string {
  return [sentence, '', ...story.map((line) => `  ${line}`), ''].join('\n');
}

function keysOf({ keys }: Load): readonly unknown[] {
  check(typeof keys !== 'string', {
    expected: 'load to be called with a list of keys',
    happened: `It was called with ${String(keys)}.`,
    look: 'what you hand to load. A Map or a Set has its keys in it and is no list.',
  });
  return keys;
}

function list(keys: readonly unknown[]): string {
  return keys.map(show).join(', ') || 'nothing';
}

export function show(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`.slice(0, 80);
  return inspect(value, { depth: 1, breakLength: Infinity }).slice(0, 80);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
