// From the records of a run to its trace, one at a time while they come. They come in the order in which things happened, and
// in a form that is quick to write; here what belongs together is put together.
import type { Record, UnseenThing } from '../recorder/record.ts';
import type { Place, Step, Task, Trace, TraceEvent } from './trace.ts';

type Of<Name extends Record[0]> = Extract<Record, readonly [Name, ...unknown[]]>;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A microtask that waits for its promise. */
interface Waiting {
  readonly task: number;
  readonly waitsFor: number;
  /** the index of its `schedule` among the drafts */
  readonly at: number;
}

/** A step, or the news of a promise, which becomes a step where a task has waited for it. */
type Draft = Mutable<Step> | undefined;

const words: { readonly [Thing in UnseenThing]: string } = {
  thread: 'Threads that the program started: what they ran and printed is their own.',
  process: 'Processes that the program started: what they ran and printed is their own.',
  'end-of-records': 'The rest: so much happened that recording was ended here.',
  broken: 'The rest: the program has changed what recording needs.',
};

export class Assembly {
  readonly #main: string;
  readonly #places: Place[] = [];
  readonly #tasks: Task[] = [];
  readonly #events: Mutable<TraceEvent>[] = [];
  readonly #drafts: Draft[] = [];
  readonly #times: number[] = [];
  readonly #open: number[] = [];
  readonly #unseen: string[] = [];
  #mainMs: number | undefined;
  #startMs: number | undefined;
  #lastMs = 0;

  /** by task, until it has begun or it is known that it never will */
  readonly #waiting = new Map<number, Waiting>();
  /** the task whose `then` made a promise */
  readonly #makers = new Map<number, number>();
  /** the index of the last news of a promise */
  readonly #news = new Map<number, number>();
  /** tasks by the news with which they became ready, or were known to have no handler */
  readonly #ready = new Map<number, number[]>();
  readonly #dropped = new Map<number, number>();

  /** @param main the program's file, absolute */
  constructor(main: string) {
    this.#main = main;
  }

  get events(): number {
    return this.#events.length;
  }

  /** When something was recorded last, in the records' time. */
  get lastMs(): number {
    return this.#lastMs;
  }

  add(record: Record): void {
    switch (record[0]) {
      case 'place':
        this.#places.push({ file: record[1], line: record[2] });
        return;
      case 'unseen':
        this.#unseen.push(words[record[1]]);
        return;
      case 'runs':
        this.#runs(record[1]);
        return;
      case 'main':
        this.#mainMs ??= record[1];
        break;
      case 'schedule':
        this.#schedule(record);
        break;
      case 'begin':
        this.#begin(record);
        break;
      case 'end':
        this.#end(record[1]);
        break;
      case 'print':
        this.#print(record);
        break;
      case 'resolve':
        this.#resolve(record[1], record[2]);
        break;
      default:
        if (this.#tasks[record[2]]) this.#draft({ kind: 'drop', atMs: this.#at(record[1]), task: record[2] });
    }
    this.#lastMs = record[1];
  }

  /** @param endMs when the program was gone, in the records' time; where it was killed, an event is open until then */
  finish(endMs?: number): Trace {
    for (const id of this.#open) {
      const event = this.#events[id];
      if (event && endMs !== undefined) event.endMs = this.#at(endMs);
    }
    for (const { task, waitsFor, at } of this.#waiting.values()) this.#isReady(task, at, this.#news.get(waitsFor));
    // A program that did nothing that shows still ran.
    if (this.#events.length === 0 && this.#mainMs !== undefined) {
      this.#begin(['begin', this.#mainMs, -1, 'script', this.#main.replace(/^.*[/\\]/, ''), -1, -1, -1]);
      Object.assign(this.#events[0] ?? {}, { file: this.#main, line: 1, endMs: this.#at(endMs ?? this.#mainMs) });
    }
    const { unseen, events, tasks } = { unseen: this.#unseen, events: this.#events, tasks: this.#tasks };
    return { file: this.#main, events, tasks, steps: this.#steps(), unseen };
  }

  #schedule([, atMs, kind, label, place, parent, waitsFor, derived, delayMs, everyMs]: Of<'schedule'>): void {
    const id = this.#tasks.length;
    const scheduled = this.#placeAt(place);
    const task: Mutable<Task> = { id, kind, label, parent: parent < 0 ? null : parent, scheduled };
    if (delayMs >= 0) task.dueMs = this.#at(atMs) + delayMs;
    if (everyMs >= 0) task.everyMs = everyMs;
    this.#tasks.push(task);
    if (waitsFor > 0) {
      this.#waiting.set(id, { task: id, waitsFor, at: this.#drafts.length });
      if (derived > 0) this.#makers.set(derived, id);
    }
    this.#draft({ kind: 'schedule', atMs: this.#at(atMs), task: id, isReady: waitsFor <= 0 });
  }

  #begin([, atMs, task, kind, label, place, scheduled, parent]: Of<'begin'>): void {
    this.#startMs ??= atMs;
    const id = this.#events.length;
    const [ran, handedOver] = [this.#placeAt(place), this.#placeAt(scheduled)];
    const startMs = this.#at(atMs);
    this.#events.push({
      id,
      parent: parent >= 0 && parent < id ? parent : null,
      kind,
      label,
      file: ran?.file ?? null,
      line: ran?.line ?? null,
      scheduledFile: handedOver?.file ?? null,
      scheduledLine: handedOver?.line ?? null,
      startMs,
      endMs: startMs,
      output: '',
    });
    this.#open.push(id);
    const waiting = this.#waiting.get(task);
    if (waiting) {
      this.#waiting.delete(task);
      // A promise that is resolved with another one is resolved twice: what counts is the last news before it ran.
      this.#isReady(task, waiting.at, this.#news.get(waiting.waitsFor) ?? waiting.at);
    }
    this.#draft({ kind: 'begin', atMs: startMs, event: id, task: this.#tasks[task] ? task : null });
  }

  /** What runs is known only when it is called. */
  #runs(place: number): void {
    const event = this.#events[this.#open.at(-1) ?? -1];
    const ran = this.#placeAt(place);
    if (event && ran) Object.assign(event, { file: ran.file, line: ran.line });
  }

  #end(atMs: number): void {
    const event = this.#events[this.#open.pop() ?? -1];
    if (!event) return;
    event.endMs = this.#at(atMs);
    this.#draft({ kind: 'end', atMs: event.endMs, event: event.id });
  }

  #print([, atMs, text, place]: Of<'print'>): void {
    const event = this.#events[this.#open.at(-1) ?? -1];
    if (!event) return;
    event.output += text;
    this.#draft({ kind: 'print', atMs: this.#at(atMs), text, place: this.#placeAt(place) });
  }

  #resolve(atMs: number, promise: number): void {
    const index = this.#drafts.length;
    this.#times[index] = this.#at(atMs);
    this.#drafts.push(undefined);
    // Settled although its handler was not called: there was none for this outcome.
    const maker = this.#makers.get(promise);
    const waiting = maker === undefined ? undefined : this.#waiting.get(maker);
    if (waiting) {
      this.#waiting.delete(waiting.task);
      this.#isReady(waiting.task, waiting.at, this.#news.get(waiting.waitsFor));
      this.#dropped.set(index, waiting.task);
    }
    this.#news.set(promise, index);
  }

  /** @param news the index of what it became ready with; undefined when it never did */
  #isReady(task: number, scheduledAt: number, news: number | undefined): void {
    if (news === undefined) return;
    const schedule = this.#drafts[scheduledAt];
    if (news <= scheduledAt) {
      if (schedule?.kind === 'schedule') schedule.isReady = true;
      return;
    }
    const known = this.#ready.get(news);
    if (known) known.push(task);
    else this.#ready.set(news, [task]);
  }

  #steps(): Step[] {
    const steps: Step[] = [];
    for (const [index, draft] of this.#drafts.entries()) {
      if (draft) {
        steps.push(draft);
        continue;
      }
      const atMs = this.#times[index] ?? 0;
      for (const task of this.#ready.get(index) ?? []) steps.push({ kind: 'ready', atMs, task });
      const dropped = this.#dropped.get(index);
      if (dropped !== undefined) steps.push({ kind: 'drop', atMs, task: dropped });
    }
    return steps;
  }

  #draft(step: Step): void {
    this.#drafts.push(step);
  }

  /** Since the program's main file began to run. */
  #at(ms: number): number {
    return Math.max(0, ms - (this.#startMs ?? ms));
  }

  #placeAt(number: number): Place | null {
    return this.#places[number] ?? null;
  }
}
