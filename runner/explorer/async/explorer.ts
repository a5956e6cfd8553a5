// The exploration of one async scenario, where its code runs: the search, the runs that it asks for, and what is said of the
// order that was found. It works in slices, so that somebody outside sees that it gets on, and can say where it does not.
import type { Namespace } from '../guest/modules.ts';
import { Refusal } from '../guest/modules.ts';
import { placesOfError } from '../guest/places-on-stack.ts';
import { isAbsolute } from 'node:path';
import type { Place } from '../engine/operation.ts';
import { lineOfExport } from '../scenario.ts';
import { thrownText } from '../thrown-text.ts';
import { Conversation, interruption, LearnerKnown, type LearnerExports } from './conversation.ts';
import { describeFailing, isCircle, runWritten, textOf, type Describer, type Hang } from './description.ts';
import type { Told } from './dialogue.ts';
import { periodOf } from './repetition.ts';
import { Run } from './run.ts';
import { partsOf, ScenarioCode, wrongExports } from './scenario-code.ts';
import { Search, type Begun, type Progress } from './search.ts';
import type { AsyncBound, AsyncExploration, AsyncOptions } from './verdict.ts';
import type { RunWriter } from './writer.ts';

export type OpenedAsync =
  | {
      readonly kind: 'opened';
      readonly tasks: number;
      readonly files: readonly string[];
      /** of the learner's module, where that is elsewhere */
      readonly wanted: readonly string[];
    }
  | { readonly kind: 'unusable'; readonly reason: string; readonly file: string; readonly line: number };

/** A module that is not here. */
export interface LearnerElsewhere extends LearnerExports {
  /** where it would be, absolute */
  readonly file: string;
}

/** Runs that wait for the learner's side at the same time: each question takes its way there and back. */
const batch = 32;

const anything: unknown = new Proxy(function anything() {}, {
  get: (_, key) => (key === Symbol.toPrimitive ? () => 0 : key === 'then' ? undefined : anything),
  apply: () => anything,
  construct: () => anything as object,
});

/** What a slice came to. */
export type Slice =
  | { readonly kind: 'going'; readonly orders: number; readonly states: number; readonly next: Progress }
  /** the learner's side has to be asked: all that it has heard, for each question */
  | { readonly kind: 'ask'; readonly questions: readonly (readonly string[])[] }
  | {
      readonly kind: 'done';
      readonly exploration: AsyncExploration;
      /** what the learner's side has heard in the order that was found, where it is elsewhere */
      readonly heard?: readonly string[] | undefined;
    };

export class AsyncExplorer {
  readonly #code: ScenarioCode;
  readonly #file: string;
  readonly #hangs: readonly Hang[];
  readonly #search: Search;
  readonly #describer: Describer;
  readonly #progress: AsyncGenerator<Progress, void>;
  /** Where the learner's module is elsewhere: what is known of it, and the dialogue of the run that goes on. */
  readonly #learner: (LearnerElsewhere & { readonly known: LearnerKnown }) | undefined;
  readonly #wanted = new Set<string>();
  #conversation: Conversation | undefined;
  #run: Run | undefined;

  /**
   * @param file absolute
   * @param hangs steps that are known not to come back
   * @param learner undefined: its module is beside the scenario
   */
  constructor(file: string, options: AsyncOptions, hangs: readonly Hang[] = [], learner?: LearnerElsewhere) {
    this.#file = file;
    this.#learner = learner && { ...learner, known: new LearnerKnown() };
    this.#hangs = hangs;
    this.#code = new ScenarioCode(
      file,
      {
        refuse: (reason) => this.#refuse(reason),
        printed: () => {},
        setTimer: (fire, ms, kind) => {
          if (!this.#run) return this.#refuse('a timer cannot be set while a module is imported');
          const { operations } = this.#run;
          return operations.begin(kind, ms, operations.caller, fire);
        },
        clearTimer: (number) => this.#run?.work.removeTimer(number),
      },
      {
        pass: () => this.#conversation?.pass(),
        standIn: (path) => (learner?.file === path ? this.#fromAfar(learner) : undefined),
      },
    );
    this.#describer = {
      code: this.#code,
      begin: (writer) => this.#begin(writer),
      // Of the learner's side only places are known, by names without a folder.
      isOurs: (file) => this.#code.has(file) || (learner !== undefined && !isAbsolute(file)),
    };
    this.#search = new Search({
      ...options,
      batch: learner ? batch : 1,
      begin: () => this.#begin(),
      hangs: new Set(hangs.map(({ order }) => order)),
      isCircle: (order, from) => isCircle(this.#describer, order, from),
    });
    this.#progress = this.#search.run();
  }

  /** A promise was rejected, and nobody waits for it. */
  unhandled(reason: unknown): void {
    this.#run?.unhandled(reason);
  }

  open(): OpenedAsync {
    try {
      const exports = this.#code.instantiate();
      const reason = wrongExports(exports);
      if (reason !== undefined) return { kind: 'unusable', reason, file: this.#file, line: 0 };
      const { files } = this.#code;
      return { kind: 'opened', tasks: exports.tasks as number, files, wanted: [...this.#wanted] };
    } catch (error) {
      if (error instanceof Refusal)
        return { kind: 'unusable', reason: error.message, file: error.file || this.#file, line: error.line };
      const [place] = this.#placesOf(error);
      const reason = `it fails when it is imported: ${thrownText(error)}`;
      return { kind: 'unusable', reason, file: place?.file ?? this.#file, line: place?.line ?? 0 };
    }
  }

  /**
   * Goes on for a while.
   * @param ms at least one order is tried
   * @param mostOrders in all: it stops there
   */
  async advance(ms: number, mostOrders: number): Promise<Slice> {
    this.#search.isCareful = false;
    const until = performance.now() + ms;
    for (;;) {
      const slice = await this.#next();
      if (slice.kind !== 'going' || slice.orders >= mostOrders || performance.now() >= until) return slice;
    }
  }

  /** What the learner's side told to the questions that were asked last. */
  tell(told: readonly Told[]): void {
    this.#learner?.known.answer(told);
  }

  /** Goes on to the next thing that may not come back. */
  advanceCarefully(): Promise<Slice> {
    this.#search.isCareful = true;
    return this.#next();
  }

  async #next(): Promise<Slice> {
    const { done, value } = await this.#progress.next();
    if (done) {
      const exploration = await this.#exploration(this.#search.bound);
      return { kind: 'done', exploration, heard: this.#conversation?.heard };
    }
    if (value.kind === 'ask') return { kind: 'ask', questions: this.#learner?.known.questions ?? [] };
    const { orders, states } = this.#search;
    return { kind: 'going', orders, states, next: value };
  }

  /** Runs one order, without a search. @param repeatsFrom what follows this turn is to be a circle */
  async follow(order: string, repeatsFrom: number | undefined): Promise<AsyncExploration> {
    const hang = this.#hangOf(order);
    const rounds = repeatsFrom === undefined ? '' : order.slice(repeatsFrom).repeat(2);
    const { run, steps } = await runWritten(this.#describer, order + rounds, hang !== undefined);
    const effort = { states: steps.length + 1, runs: 1, ms: 0 };
    const circle = repeatsFrom === undefined ? [] : steps.filter(({ turn }) => turn >= repeatsFrom);
    const isEndless = repeatsFrom !== undefined && periodOf(circle.map(textOf), 3) === order.length - repeatsFrom;
    const { end } = run;
    if (end?.kind === 'refused') return { ...end, kind: 'unsupported', file: end.file || this.#file };
    const reached = (steps.at(-1)?.turn ?? -1) + 1;
    if (!end && !hang && reached < order.length) {
      const reason = `the token takes a turn that there is not, behind step ${steps.length}`;
      return { kind: 'unsupported', reason, file: this.#file, line: 0 };
    }
    const failing = hang || isEndless ? ({ kind: 'livelock', said: '', by: undefined } as const) : end;
    if (!failing || failing.kind === 'well') return { kind: 'passed', bound: 'schedule', effort };
    const preemptions = steps.filter(({ isPreemption }) => isPreemption).length;
    const found = { order, preemptions, end: failing };
    const failure = await describeFailing(this.#describer, found, {
      hang,
      isMinimal: false,
      repeatsFrom: isEndless ? steps.length - circle.length : undefined,
    });
    return { kind: 'failed', failure, bound: 'schedule', effort };
  }

  /** No more time: what is known so far. */
  async stop(): Promise<AsyncExploration> {
    return this.#exploration('time');
  }

  /** The learner's module, of the run that goes on; before there is one, something that bears whatever is done with it. */
  #fromAfar(exports: LearnerExports): Namespace {
    return new Proxy(Object.create(null) as Namespace, {
      has: (_, name) => {
        this.#wanted.add(String(name));
        return true;
      },
      get: (_, name) => (this.#conversation ? this.#conversation.exported(String(name), exports) : anything),
    });
  }

  async #begin(writer?: RunWriter): Promise<Begun> {
    const conversation = this.#learner && new Conversation(this.#learner.known, this.#code.realm, () => this.#run);
    const run = new Run(this.#code.realm, {
      ...(writer && { writer }),
      ...(conversation && { otherSide: conversation }),
      place: () => this.#code.places()[0],
    });
    this.#run = run;
    this.#conversation = conversation;
    try {
      await run.begin(() => partsOf(this.#code.instantiate()));
    } catch (error) {
      // Setting up is the author's matter.
      if (error !== interruption) run.refuse(`setup() fails: ${thrownText(error)}`, this.#placesOf(error)[0]);
    }
    return { run, isWaiting: () => conversation?.isWaiting ?? false };
  }

  async #exploration(bound: AsyncBound | undefined): Promise<AsyncExploration> {
    const { best, refusal, orders, states } = this.#search;
    if (refusal) return { ...refusal, kind: 'unsupported', file: refusal.file || this.#file };
    const outlived = this.#code.realm.reset(true);
    if (outlived !== undefined) {
      const line = lineOfExport(this.#file, 'task');
      return { kind: 'unsupported', reason: outlived, file: this.#file, line };
    }
    const effort = { states, runs: orders, ms: 0 };
    if (!best) return { kind: 'passed', bound, effort };
    const isMinimal = bound === undefined || bound === 'operations';
    const failure = await describeFailing(this.#describer, best, { hang: this.#hangOf(best.order), isMinimal });
    return { kind: 'failed', failure, bound, effort };
  }

  #hangOf(order: string): Hang | undefined {
    return this.#hangs.find((hang) => hang.order === order);
  }

  #refuse(reason: string): never {
    const [place] = this.#code.places();
    this.#run?.refuse(reason, place);
    throw new Refusal(reason, place?.file ?? '', place?.line ?? 0);
  }

  #placesOf(error: unknown): Place[] {
    const { stack } = (typeof error === 'object' && error !== null ? error : {}) as { stack?: unknown };
    return placesOfError(typeof stack === 'string' ? stack : '', this.#code.has);
  }
}
