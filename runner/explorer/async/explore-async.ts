// An async exploration from outside of the process in which its code runs: lets it go on slice by slice, and when it does not
// come back, finds out in which step of which order it hangs. Then a new process does the same again, and knows.
import { performance } from 'node:perf_hooks';
import { relative } from 'node:path';
import type { Place } from '../engine/operation.ts';
import type { CodeProcess, NoAnswer } from './code-process.ts';
import type { LearnerExports } from './conversation.ts';
import type { Hang } from './description.ts';
import type { OpenedAsync, Slice } from './explorer.ts';
import type { LearnerProcess } from './learner-process.ts';
import type { TaskSchedule } from './task-token.ts';
import { isExploration, isOpenedAsync, isSlice } from './told-slice.ts';
import type { AsyncExploration, AsyncOptions } from './verdict.ts';

const sliceMs = 25;
/** Fair milliseconds for a slice, an order or a step; and for one of which it is known that it does not come back. */
const answerMs = 1_000;
const hangMs = 400;
/** So few can be gone through step by step. */
const fewOrders = 64;
/** Steps that do not come back, until the search is given up: each of them takes its time. */
const mostHangs = 8;

/** Code that is explored may have got hold of the process. */
const nonsense = { kind: 'unsupported', reason: 'it tells what makes no sense', file: '', line: 0 } as const;

export interface AsyncToExplore {
  /** where the scenario's code runs; started here */
  readonly process: CodeProcess;
  /** the scenario's name on its stage */
  readonly file: string;
  readonly options: AsyncOptions;
  /** where the learner's module is in a process of its own: that, and what stands for it */
  readonly learner?: {
    readonly process: LearnerProcess;
    readonly exports: LearnerExports;
    /** its name beside the scenario */
    readonly file: string;
  };
  /** no search: just this order */
  readonly follow?: TaskSchedule;
  readonly signal?: AbortSignal;
  readonly onProgress?: (states: number) => void;
}

export type Unopened = Exclude<OpenedAsync, { kind: 'opened' }>;

/** The author's own code does not come back. */
export interface SilentAuthor {
  readonly kind: 'silent';
  readonly at: Place | undefined;
}

export interface AsyncExplored {
  readonly kind: 'explored';
  readonly tasks: number;
  /** names of the stage */
  readonly files: readonly string[];
  readonly exploration: AsyncExploration;
}

export interface Missing {
  readonly kind: 'missing-export';
  readonly name: string;
}

type Outcome = AsyncExplored | Unopened | SilentAuthor | Missing;

/** @throws GuestEnded when a process ends by itself */
export async function exploreAsync(asked: AsyncToExplore): Promise<Outcome> {
  return new AsyncExploring(asked).run();
}

type Going = Exclude<Slice, { kind: 'ask' }>;

type Came =
  | { readonly kind: 'done'; readonly exploration: AsyncExploration }
  | { readonly kind: 'hang'; readonly hang: Hang }
  | SilentAuthor;

class AsyncExploring {
  readonly #asked: AsyncToExplore;
  readonly #startMs = performance.now();
  readonly #hangs: Hang[] = [];

  constructor(asked: AsyncToExplore) {
    this.#asked = asked;
  }

  async run(): Promise<Outcome> {
    for (;;) {
      const opened = await this.#open();
      if (opened.kind !== 'opened') return opened;
      const missing = this.#missing(opened.wanted);
      if (missing !== undefined) return { kind: 'missing-export', name: missing };
      const { follow } = this.#asked;
      const came = follow ? await this.#follow(follow) : await this.#search();
      if (came.kind === 'hang') {
        this.#hangs.push(came.hang);
        continue;
      }
      if (came.kind === 'silent') return came;
      const { tasks } = opened;
      const files = opened.files.map((path) => relative(this.#asked.process.path(''), path));
      return { kind: 'explored', tasks, files, exploration: this.#timed(came.exploration) };
    }
  }

  async #open(): Promise<OpenedAsync | SilentAuthor> {
    const { process, file, options, learner } = this.#asked;
    if (!process.isReady) await process.start();
    const elsewhere = learner && { ...learner.exports, file: process.path(learner.file) };
    const answer = await process.call('open', [process.path(file), options, this.#hangs, elsewhere], answerMs);
    if (isNoAnswer(answer)) return { kind: 'silent', at: answer.places[0] };
    return isOpenedAsync(answer.value) ? answer.value : { ...nonsense, kind: 'unusable' };
  }

  async #follow({ order, repeatsFrom }: TaskSchedule): Promise<Came> {
    const letters = String.fromCharCode(...order);
    const answer = await this.#asked.process.call('follow', [letters, repeatsFrom], answerMs);
    if (!isNoAnswer(answer)) return { kind: 'done', exploration: explorationOf(answer.value) };
    const { places } = answer;
    // The step before its last one came back where the order was found.
    return this.#hangs.length > 0
      ? { kind: 'silent', at: places[0] }
      : { kind: 'hang', hang: { order: letters, places } };
  }

  async #search(): Promise<Came> {
    const { onProgress, signal } = this.#asked;
    let orders = 0;
    for (let isFirst = this.#hangs.length === 0; ; isFirst = false) {
      signal?.throwIfAborted();
      if ((this.#isLate && !isFirst) || this.#hangs.length > mostHangs) return this.#late();
      // Where it hangs early, there is little to go through once more.
      const more = Math.max(1, orders);
      const slice = await this.#slice('advance', [sliceMs, orders + more]);
      if (slice.kind === 'no-answer') return this.#findHang(orders, more <= fewOrders);
      if (slice.kind === 'done') return this.#withAwaits(slice);
      orders = slice.orders;
      onProgress?.(slice.states);
    }
  }

  /** A task that waits for ever in the learner's code awaits there, and not where the author's code called it. */
  async #withAwaits({ exploration, heard }: Extract<Slice, { kind: 'done' }>): Promise<Came> {
    const { learner } = this.#asked;
    const isStuck = exploration.kind === 'failed' && exploration.failure.standings.some(({ kind }) => kind === 'waits');
    if (!learner || !heard || !isStuck) return { kind: 'done', exploration };
    const awaits = await learner.process.awaits(heard);
    const standings = exploration.failure.standings.map((standing, task) => {
      const places = awaits.get(task);
      return standing.kind === 'waits' && places ? { ...standing, places } : standing;
    });
    return { kind: 'done', exploration: { ...exploration, failure: { ...exploration.failure, standings } } };
  }

  /** All over again, to where it got on: where many may follow, order by order to the one that hangs; then step by step. */
  async #findHang(orders: number, isNear: boolean): Promise<Came> {
    let hanging = orders;
    await this.#repeat(orders);
    if (!isNear) {
      for (; ; hanging += 1) {
        const slice = await this.#slice('advance', [0, 0], hangMs);
        if (slice.kind === 'no-answer') break;
        if (slice.kind === 'done') return slice;
      }
      await this.#repeat(hanging);
    }
    let order: string | undefined;
    for (;;) {
      const slice = await this.#slice('advanceCarefully', [], hangMs);
      if (slice.kind === 'no-answer') {
        const { places } = slice;
        return order === undefined ? { kind: 'silent', at: places[0] } : { kind: 'hang', hang: { order, places } };
      }
      if (slice.kind === 'done') return slice;
      order = slice.next.kind === 'step' ? slice.next.order : undefined;
    }
  }

  async #repeat(orders: number): Promise<void> {
    await this.#open();
    for (let done = 0; done < orders;) {
      const slice = await this.#slice('advance', [sliceMs, orders]);
      if (slice.kind !== 'going') return;
      done = slice.orders;
    }
  }

  #missing(wanted: readonly string[]): string | undefined {
    const { learner } = this.#asked;
    if (!learner) return undefined;
    const { functions, values } = learner.exports;
    return wanted.find((name) => !functions.includes(name) && !values.includes(name));
  }

  /** Lets it go on; what it has to know of the learner's module is asked there. */
  async #slice(name: string, args: readonly number[], limitMs = answerMs): Promise<Going | NoAnswer> {
    const { process, learner } = this.#asked;
    for (;;) {
      const answer = await process.call(name, args, limitMs);
      if (isNoAnswer(answer)) return answer;
      const slice = answer.value;
      if (!isSlice(slice)) return { kind: 'done', exploration: nonsense };
      if (slice.kind !== 'ask') return slice;
      if (this.#isLate) return this.#stop();
      const answers = (await learner?.process.answer(slice.questions)) ?? [];
      const told = await process.call('tell', [answers], answerMs);
      if (isNoAnswer(told)) return told;
    }
  }

  /** What is known so far: also of a step that hangs and that this search has not come to again. */
  async #late(): Promise<Came> {
    const { process } = this.#asked;
    const stopped = await this.#stop();
    const [hang] = this.#hangs;
    if (!hang || stopped.kind !== 'done' || stopped.exploration.kind !== 'passed') return cameOf(stopped);
    const answer = await process.call('follow', [hang.order], answerMs);
    if (isNoAnswer(answer)) return { kind: 'silent', at: answer.places[0] };
    const followed = explorationOf(answer.value);
    if (followed.kind !== 'failed') return cameOf(stopped);
    return { kind: 'done', exploration: { ...stopped.exploration, kind: 'failed', failure: followed.failure } };
  }

  get #isLate(): boolean {
    return performance.now() - this.#startMs > this.#asked.options.mostMs;
  }

  async #stop(): Promise<Extract<Slice, { kind: 'done' }> | NoAnswer> {
    const answer = await this.#asked.process.call('stop', [], answerMs);
    return isNoAnswer(answer) ? answer : { kind: 'done', exploration: explorationOf(answer.value) };
  }

  #timed(exploration: AsyncExploration): AsyncExploration {
    if (exploration.kind === 'unsupported') return exploration;
    return { ...exploration, effort: { ...exploration.effort, ms: Math.round(performance.now() - this.#startMs) } };
  }
}

function explorationOf(value: unknown): AsyncExploration {
  return isExploration(value) ? value : nonsense;
}

function cameOf(stopped: Extract<Slice, { kind: 'done' }> | NoAnswer): Came {
  return stopped.kind === 'done' ? stopped : { kind: 'silent', at: stopped.places[0] };
}

function isNoAnswer(answer: { readonly value: unknown } | NoAnswer): answer is NoAnswer {
  return 'kind' in answer;
}
