// The exploration of one async scenario, where its code runs: the search, the runs that it asks for, and what is said of the
// order that was found. It works in slices, so that somebody outside sees that it gets on, and can say where it does not.
import type { Namespace } from '../guest/modules.ts';
import { Refusal } from '../guest/modules.ts';
import { placesOfError } from '../guest/places-on-stack.ts';
import type { Place } from '../operation.ts';
import { periodOf } from './repetition.ts';
import { Run } from './run.ts';
import { partsOf, ScenarioCode, wrongExports } from './scenario-code.ts';
import { Search, type Begun, type Failing, type Progress } from './search.ts';
import { operationNames, RunWriter } from './writer.ts';
import type { AsyncBound, AsyncExploration, AsyncFailure, AsyncOptions, AsyncStanding, AsyncStep } from './verdict.ts';

/** A step that does not come back: the order that it ends, and where it was. */
export interface Hang {
  readonly order: string;
  readonly places: readonly Place[];
}

export type OpenedAsync =
  | { readonly kind: 'opened'; readonly tasks: number; readonly files: readonly string[] }
  | { readonly kind: 'unusable'; readonly reason: string; readonly file: string; readonly line: number };

/** What a slice came to. */
export type Slice =
  | { readonly kind: 'going'; readonly orders: number; readonly states: number; readonly next: Progress }
  | { readonly kind: 'done'; readonly exploration: AsyncExploration };

export class AsyncExplorer {
  readonly #code: ScenarioCode;
  readonly #file: string;
  readonly #hangs: readonly Hang[];
  readonly #search: Search;
  readonly #progress: AsyncGenerator<Progress, void>;
  #run: Run | undefined;

  /**
   * @param file absolute
   * @param hangs steps that are known not to come back
   */
  constructor(file: string, options: AsyncOptions, hangs: readonly Hang[] = []) {
    this.#file = file;
    this.#hangs = hangs;
    this.#code = new ScenarioCode(
      file,
      {
        refuse: (reason) => this.#refuse(reason),
        printed: () => {},
        setTimer: (fire, ms, kind) => {
          if (!this.#run) return this.#refuse('a timer cannot be set while a module is imported');
          return this.#run.setTimer(kind, ms, fire, kind === 'timeout' ? `setTimeout(${ms})` : 'setImmediate');
        },
        clearTimer: (number) => this.#run?.work.removeTimer(number),
      },
      () => undefined,
    );
    this.#search = new Search({
      ...options,
      batch: 1,
      begin: () => this.#begin(),
      hangs: new Set(hangs.map(({ order }) => order)),
      isCircle: (order, from) => this.#isCircle(order, from),
    });
    this.#progress = this.#search.run();
    process.on('unhandledRejection', (reason) => this.#run?.unhandled(reason));
  }

  open(): OpenedAsync {
    try {
      const exports = this.#code.instantiate();
      const reason = wrongExports(exports);
      if (reason !== undefined) return { kind: 'unusable', reason, file: this.#file, line: 0 };
      return { kind: 'opened', tasks: exports.tasks as number, files: this.#code.files };
    } catch (error) {
      if (error instanceof Refusal)
        return { kind: 'unusable', reason: error.message, file: error.file || this.#file, line: error.line };
      const [place] = this.#placesOf(error);
      const reason = `it fails when it is imported: ${String(error)}`;
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
      if (slice.kind === 'done' || slice.orders >= mostOrders || performance.now() >= until) return slice;
    }
  }

  /** Goes on to the next thing that may not come back. */
  advanceCarefully(): Promise<Slice> {
    this.#search.isCareful = true;
    return this.#next();
  }

  async #next(): Promise<Slice> {
    const { done, value } = await this.#progress.next();
    if (done) return { kind: 'done', exploration: await this.#exploration(this.#search.bound) };
    const { orders, states } = this.#search;
    return { kind: 'going', orders, states, next: value };
  }

  /** Runs one order, without a search. @param repeatsFrom what follows is to be a circle */
  async follow(order: string, repeatsFrom: number | undefined): Promise<AsyncExploration> {
    const hang = this.#hangs.find((each) => each.order === order);
    const rounds = repeatsFrom === undefined ? '' : order.slice(repeatsFrom).repeat(2);
    const steps: AsyncStep[] = [];
    const { run } = await this.#written(order + rounds, (step) => steps.push(step));
    const effort = { states: steps.length + 1, runs: 1, ms: 0 };
    const isCircle =
      repeatsFrom !== undefined && periodOf(steps.slice(repeatsFrom).map(textOf), 3) === order.length - repeatsFrom;
    const { end } = run;
    if (end?.kind === 'refused') return { ...end, kind: 'unsupported', file: end.file || this.#file };
    const failing = hang || isCircle ? ({ kind: 'livelock', said: '', by: undefined } as const) : end;
    if (!failing || failing.kind === 'well') return { kind: 'passed', bound: 'schedule', effort };
    const preemptions = steps.filter(({ isPreemption }) => isPreemption).length;
    const failure = await this.#described({ order, preemptions, end: failing }, false, repeatsFrom);
    return { kind: 'failed', failure, bound: 'schedule', effort };
  }

  /** No more time: what is known so far. */
  async stop(): Promise<AsyncExploration> {
    return this.#exploration('time');
  }

  async #begin(writer?: RunWriter): Promise<Begun> {
    this.#run = undefined;
    const run = new Run(this.#code.realm, partsOf(this.#instance()), writer && { writer });
    this.#run = run;
    try {
      await run.begin();
    } catch (error) {
      // Setting up is the author's matter.
      run.refuse(`setup() fails: ${String(error)}`, this.#placesOf(error)[0]);
    }
    return { run, isWaiting: () => false };
  }

  #instance(): Namespace {
    return this.#code.instantiate();
  }

  async #exploration(bound: AsyncBound | undefined): Promise<AsyncExploration> {
    const { best, refusal, orders, states } = this.#search;
    if (refusal) return { ...refusal, kind: 'unsupported', file: refusal.file || this.#file };
    const effort = { states, runs: orders, ms: 0 };
    if (!best) return { kind: 'passed', bound, effort };
    const failure = await this.#described(best, bound !== 'time' && bound !== 'orders');
    return { kind: 'failed', failure, bound, effort };
  }

  /** Runs an order once more, and writes down what happens. */
  async #written(order: string, look: (step: AsyncStep) => void): Promise<{ run: Run; writer: RunWriter }> {
    let names: ReadonlyMap<object, string> = new Map();
    const writer = new RunWriter(
      this.#code.realm,
      () => this.#code.places(),
      () => names,
    );
    const { run } = await this.#begin(writer);
    names = operationNames(run.shared, (value) => run.operationOf(value) >= 0);
    const unwatch = writer.watchAwaits();
    try {
      for (let at = 0; at < order.length; at += 1) {
        const { choices, free } = run.work.choices();
        const index = order.charCodeAt(at);
        const choice = choices[index];
        if (!choice) break;
        const hangs = at === order.length - 1 && this.#hangs.some((hang) => hang.order === order);
        if (!hangs) await run.take(choice);
        if (!hangs) run.look();
        const gave = writer.takeGave();
        const [kind, operation, places] =
          choice.kind === 'start'
            ? (['start', 'start', []] as const)
            : ([choice.kind === 'operation' ? 'effect' : 'timer', choice.text, choice.places] as const);
        look({
          thread: choice.task,
          kind,
          operation,
          value: gave?.text,
          isThrown: gave?.isThrown ?? false,
          places,
          isPreemption: index >= free,
        });
      }
    } finally {
      unwatch();
    }
    return { run, writer };
  }

  async #described(
    { order, preemptions, end }: Failing,
    isMinimal: boolean,
    repeatsFrom?: number,
  ): Promise<AsyncFailure> {
    const steps: AsyncStep[] = [];
    const { run, writer } = await this.#written(order, (step) => steps.push(step));
    const hang = this.#hangs.find((each) => each.order === order);
    const isEndless = end.kind === 'livelock' && !hang && repeatsFrom === undefined;
    const circle = isEndless ? circleOf(steps) : undefined;
    const shown = circle ? steps.slice(0, circle.from + circle.period) : steps;
    return {
      kind: end.kind === 'refused' ? 'exception' : end.kind,
      said: end.kind === 'refused' ? end.reason : end.said,
      preemptions,
      order: Array.from(order.slice(0, shown.length), (letter) => letter.charCodeAt(0)),
      steps: shown,
      repeatsFrom: repeatsFrom ?? circle?.from,
      standings: this.#standings(run, writer, hang && { ...hang, task: steps.at(-1)?.thread ?? -1 }),
      isMinimal,
    };
  }

  #standings(run: Run, writer: RunWriter, hang: (Hang & { readonly task: number }) | undefined): AsyncStanding[] {
    return run.states.map((state, task) => {
      if (hang?.task === task) return { kind: 'hung', places: hang.places };
      if (state.kind === 'threw') {
        const { name, message, stack } = state.thrown;
        return { kind: 'threw', name, message, places: this.#placesIn(stack) };
      }
      if (state.kind !== 'running') return { kind: state.kind };
      const next = run.work.begun.find((work) => work.task === task);
      if (next) return { kind: 'next', operation: next.text, places: next.places };
      return { kind: 'waits', places: writer.awaits.get(task) ?? [] };
    });
  }

  async #isCircle(order: string, from: number): Promise<boolean> {
    const steps: string[] = [];
    await this.#written(order, (step) => steps.push(textOf(step)));
    return periodOf(steps.slice(from)) !== undefined;
  }

  #refuse(reason: string): never {
    const [place] = this.#code.places();
    this.#run?.refuse(reason, place);
    throw new Refusal(reason, place?.file ?? '', place?.line ?? 0);
  }

  #placesOf(error: unknown): Place[] {
    const { stack } = (typeof error === 'object' && error !== null ? error : {}) as { stack?: unknown };
    return this.#placesIn(typeof stack === 'string' ? stack : '');
  }

  #placesIn(stack: string): Place[] {
    return placesOfError(stack, this.#code.has);
  }
}

function textOf({ thread, operation, value }: AsyncStep): string {
  return `${thread} ${operation} ${value}`;
}

/** The circle that the last half of the steps goes round in, and where it is entered. */
function circleOf(steps: readonly AsyncStep[]): { readonly from: number; readonly period: number } | undefined {
  const texts = steps.map(textOf);
  const period = periodOf(texts.slice(texts.length >>> 1));
  if (period === undefined) return undefined;
  let from = texts.length >>> 1;
  while (from > 0 && texts[from - 1] === texts[from - 1 + period]) from -= 1;
  return { from, period };
}
