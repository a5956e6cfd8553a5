// From the records of a run to its trace. The records come in the order in which things happened, and in a form that is quick
// to write; here what belongs together is put together. Pure.
import type { Record, UnseenThing } from '../recorder/record.ts';
import type { Place, Step, Task, Trace, TraceEvent } from './trace.ts';

type Of<Name extends Record[0]> = Extract<Record, readonly [Name, ...unknown[]]>;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A microtask before its promise is settled: which promise, and which one `then` made. */
interface Waiting {
  readonly task: number;
  readonly waitsFor: number;
  readonly derived: number;
  /** the index of its `schedule` among the drafts */
  readonly at: number;
  begun?: number;
}

/** A step, or the news of a promise, which becomes a step where a task has waited for it. */
type Draft = Step | { readonly kind: 'resolve'; readonly atMs: number; readonly promise: number };

const words: { readonly [Thing in UnseenThing]: string } = {
  thread: 'Threads that the program started: what they ran and printed is their own.',
  process: 'Processes that the program started: what they ran and printed is their own.',
  'end-of-records': 'The rest: so much happened that recording was ended here.',
  broken: 'The rest: the program has changed what recording needs.',
};

/**
 * @param main the program's file, absolute
 * @param endMs when the program was gone, in the records' time; where it was killed, an event is open until then
 */
export function assemble(main: string, records: readonly Record[], endMs?: number): Trace {
  const places: Place[] = [];
  const tasks: Task[] = [];
  const events: Mutable<TraceEvent>[] = [];
  const drafts: Draft[] = [];
  const open: number[] = [];
  const waiting: Waiting[] = [];
  const unseen: string[] = [];
  let mainMs: number | undefined;
  const startMs = originOfTime(records);
  const at = (ms: number): number => Math.max(0, ms - startMs);
  const placeAt = (number: number): Place | null => places[number] ?? null;

  const read = {
    place([, file, line]: Of<'place'>) {
      places.push({ file, line });
    },
    schedule([, atMs, kind, label, place, parent, waitsFor, derived, delayMs, everyMs]: Of<'schedule'>) {
      const id = tasks.length;
      const due = delayMs < 0 ? {} : { dueMs: at(atMs) + delayMs };
      const every = everyMs < 0 ? {} : { everyMs };
      tasks.push({ id, kind, label, parent: numberOrNull(parent), scheduled: placeAt(place), ...due, ...every });
      if (waitsFor > 0) waiting.push({ task: id, waitsFor, derived, at: drafts.length });
      drafts.push({ kind: 'schedule', atMs: at(atMs), task: id, isReady: waitsFor <= 0 });
    },
    begin([, atMs, task, kind, label, place, scheduled, parent]: Of<'begin'>) {
      const id = events.length;
      const [ran, handedOver] = [placeAt(place), placeAt(scheduled)];
      events.push({
        id,
        parent: parent >= 0 && parent < id ? parent : null,
        kind,
        label,
        file: ran?.file ?? null,
        line: ran?.line ?? null,
        scheduledFile: handedOver?.file ?? null,
        scheduledLine: handedOver?.line ?? null,
        startMs: at(atMs),
        endMs: at(endMs ?? atMs),
        output: '',
      });
      open.push(id);
      drafts.push({ kind: 'begin', atMs: at(atMs), event: id, task: tasks[task] ? task : null });
    },
    runs([, place]: Of<'runs'>) {
      const event = events[open.at(-1) ?? -1];
      const ran = placeAt(place);
      if (event && ran) Object.assign(event, { file: ran.file, line: ran.line });
    },
    end([, atMs]: Of<'end'>) {
      const id = open.pop();
      const event = id === undefined ? undefined : events[id];
      if (!event) return;
      event.endMs = at(atMs);
      drafts.push({ kind: 'end', atMs: at(atMs), event: event.id });
    },
    print([, atMs, text, place]: Of<'print'>) {
      const event = events[open.at(-1) ?? -1];
      if (!event) return;
      event.output += text;
      drafts.push({ kind: 'print', atMs: at(atMs), text, place: placeAt(place) });
    },
    resolve([, atMs, promise]: Of<'resolve'>) {
      drafts.push({ kind: 'resolve', atMs: at(atMs), promise });
    },
    drop([, atMs, task]: Of<'drop'>) {
      if (tasks[task]) drafts.push({ kind: 'drop', atMs: at(atMs), task });
    },
    main([, atMs]: Of<'main'>) {
      mainMs = atMs;
    },
    unseen([, what]: Of<'unseen'>) {
      unseen.push(words[what]);
    },
  };
  for (const record of records) (read[record[0]] as (of: Record) => void)(record);
  for (const id of open) {
    const event = events[id];
    if (event && endMs !== undefined) event.endMs = at(endMs);
  }

  // A program that did nothing that shows still ran.
  if (events.length === 0 && mainMs !== undefined) {
    const place = { file: main, line: 1, scheduledFile: null, scheduledLine: null };
    const label = main.replace(/^.*[/\\]/, '');
    events.push({
      id: 0,
      parent: null,
      kind: 'script',
      label,
      ...place,
      startMs: 0,
      endMs: at(endMs ?? mainMs),
      output: '',
    });
    drafts.push({ kind: 'begin', atMs: 0, event: 0, task: null });
  }
  return { file: main, events, tasks, steps: settled(drafts, waiting), unseen };
}

/** When the program's main file began to run. */
function originOfTime(records: readonly Record[]): number {
  const first = records.find((record) => record[0] === 'begin') ?? records.find((record) => record[0] === 'main');
  return first?.[1] ?? 0;
}

/**
 * Says when each waiting microtask got into its queue: with the last news of its promise before it ran, for a promise that is
 * resolved with another one is resolved twice. One whose derived promise is settled without a call had no handler.
 */
function settled(drafts: readonly Draft[], waiting: readonly Waiting[]): Step[] {
  const begun = new Map<number, number>();
  const news = new Map<number, number[]>();
  for (const [index, draft] of drafts.entries()) {
    if (draft.kind === 'begin' && draft.task !== null && !begun.has(draft.task)) begun.set(draft.task, index);
    if (draft.kind !== 'resolve') continue;
    const known = news.get(draft.promise);
    if (known) known.push(index);
    else news.set(draft.promise, [index]);
  }
  const ready = new Map<number, number[]>();
  const dropped = new Map<number, number[]>();
  const readyAtOnce = new Set<number>();
  for (const { task, waitsFor, derived, at } of waiting) {
    const skipped = derived > 0 ? news.get(derived)?.[0] : undefined;
    const ran = begun.get(task);
    const until = ran ?? skipped ?? drafts.length;
    const last = news.get(waitsFor)?.findLast((index) => index < until);
    if (last !== undefined) {
      if (last < at) readyAtOnce.add(task);
      else add(ready, last, task);
    } else if (ran !== undefined) readyAtOnce.add(task);
    if (ran === undefined && skipped !== undefined) add(dropped, skipped, task);
  }
  return drafts.flatMap((draft, index): Step[] => {
    const { atMs } = draft;
    const steps: Step[] = [];
    if (draft.kind === 'schedule') steps.push({ ...draft, isReady: draft.isReady || readyAtOnce.has(draft.task) });
    else if (draft.kind !== 'resolve') steps.push(draft);
    for (const task of ready.get(index) ?? []) steps.push({ kind: 'ready', atMs, task });
    for (const task of dropped.get(index) ?? []) steps.push({ kind: 'drop', atMs, task });
    return steps;
  });
}

function add(to: Map<number, number[]>, key: number, value: number): void {
  const known = to.get(key);
  if (known) known.push(value);
  else to.set(key, [value]);
}

function numberOrNull(number: number): number | null {
  return number < 0 ? null : number;
}
