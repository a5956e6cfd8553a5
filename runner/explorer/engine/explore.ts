// An exploration of threads, from the first question to the verdict. It knows nothing of processes and files: whoever calls
// it says how a thread's code is asked, and how the author's checks are.
import { performance } from 'node:perf_hooks';
import { Findings, type Finding } from './findings.ts';
import { fairCycles, turnIn, type Cycle } from './livelock.ts';
import { Memories } from './memories.ts';
import { Program, type AskThread, type LoopMemory } from './program.ts';
import { expand, searchAll, searchBest, type Bound, type Found, type Limits } from './search.ts';
import type { Options } from './options.ts';
import { described, raceIn, type Schedule } from './schedule.ts';
import { StateSpace, type Successor } from './state-space.ts';
import { doubtsOf, type Doubt } from './twins.ts';
import { Visited } from './visited.ts';
import type { Exploration, Failure } from './verdict.ts';
import { Waiters } from './waiters.ts';

/** What the author of a scenario checks: what went wrong, in a sentence, or undefined; or why the check is none. */
export interface Checks {
  /** after each step */
  invariant?(memory: Uint8Array): string | Outside | undefined;
  /** when all threads have ended */
  final?(memory: Uint8Array): string | Outside | undefined;
}

/** Why it is refused, and where. */
export interface Outside {
  readonly reason: string;
  readonly file: string;
  readonly line: number;
}

export interface ThreadsToExplore {
  /** one for each thread */
  readonly ask: readonly AskThread[];
  /** what memory holds at the beginning */
  readonly bytes: Uint8Array;
  readonly checks: Checks;
  readonly options: Options;
  /** what threads did to memory outside of all runs, by a promise say: it cannot be explored */
  readonly outside?: () => Promise<Outside | undefined>;
  /** ends it */
  readonly signal?: AbortSignal;
  /** how many states have been visited, several times a second */
  readonly onProgress?: (states: number) => void;
}

/** What ends a search. */
type Wrong = Extract<Finding, { kind: 'failure' | 'refused' }>;

export async function exploreThreads(scenario: ThreadsToExplore): Promise<Exploration> {
  return untilCertain(scenario, (exploration) => exploration.run());
}

/** One schedule and no other: what it comes to, or `unsupported` where the threads cannot follow it. */
export async function followSchedule(scenario: ThreadsToExplore, schedule: Schedule): Promise<Exploration> {
  return untilCertain(scenario, (exploration) => exploration.follow(schedule));
}

/** Where a thread turns out to remember how it went round a loop, all is done again with that in mind. */
async function untilCertain(
  scenario: ThreadsToExplore,
  explore: (exploration: ThreadExploration) => Promise<Exploration>,
): Promise<Exploration> {
  const startMs = performance.now();
  const loops = new Map<string, LoopMemory>();
  let counting: Doubt | undefined;
  for (;;) {
    const attempt = new ThreadExploration(scenario, startMs, loops);
    const exploration = await explore(attempt);
    const outside = await scenario.outside?.();
    if (outside) return { kind: 'unsupported', reason: outside.reason, file: outside.file, line: outside.line };
    if (counting && exploration.kind === 'passed' && exploration.bound === 'operations') return endless(counting);
    // What was not looked at to its end is said so, and proves nothing.
    if (exploration.kind === 'unsupported' || (exploration.kind === 'passed' && exploration.bound !== undefined))
      return exploration;
    const doubts = await attempt.doubts();
    if (doubts.length === 0) return counting && exploration.kind === 'passed' ? endless(counting) : exploration;
    for (const doubt of doubts) {
      const isCounting = loops.has(doubt.loop);
      loops.set(doubt.loop, isCounting ? 'rounds' : 'met');
      if (isCounting) counting ??= doubt;
    }
  }
}

/** A few rounds were looked at, and there may be any number of them. */
function endless({ place }: Doubt): Exploration {
  const reason =
    'what this thread does later hangs on how often it goes round an endless loop here: give the loop an end';
  return { kind: 'unsupported', reason, file: place?.file ?? '', line: place?.line ?? 0 };
}

class ThreadExploration {
  readonly #scenario: ThreadsToExplore;
  readonly #program: Program;
  readonly #memories: Memories;
  readonly #space: StateSpace;
  readonly #findings: Findings;
  readonly #startMs: number;
  #initial = 0;
  #isCut = false;
  /** The first race that the first search met, and how. */
  #race: (Found<undefined> & { readonly threads: readonly [number, number] }) | undefined;

  constructor(scenario: ThreadsToExplore, startMs: number, loops: ReadonlyMap<string, LoopMemory>) {
    this.#scenario = scenario;
    this.#startMs = startMs;
    const { ask, options } = scenario;
    this.#program = new Program(ask, options.mostOperations, loops);
    this.#memories = new Memories(options.memory, ask.length, this.#program.operations, this.#program.results);
    this.#space = new StateSpace(this.#program, this.#memories, new Waiters());
    this.#findings = new Findings(this.#space, scenario.checks);
  }

  async run(): Promise<Exploration> {
    const { options } = this.#scenario;
    await this.#begin();
    const quick = await this.#searchBest(options.mostPreemptions, (state) => this.#look(state));
    if (quick.found) return this.#failed(quick.found, true, undefined);
    if (quick.bound !== undefined && quick.bound !== 'preemptions') return this.#withoutFailure(quick.bound);

    const complete = await this.#searchEverything();
    if (complete.finding) return this.#shortest((state) => this.#look(state), complete.bound);
    if (complete.bound) return this.#withoutFailure(complete.bound);
    if (complete.fair) return this.#livelock(complete.fair);
    return this.#withoutFailure(this.#isCut ? 'operations' : undefined);
  }

  doubts(): Promise<Doubt[]> {
    return doubtsOf(this.#program);
  }

  async follow({ moves, repeatsFrom }: Schedule): Promise<Exploration> {
    await this.#begin();
    let state = this.#initial;
    const states = [state];
    let preemptions = 0;
    let last = -1;
    const successors: Successor[] = [];
    for (const { thread, kind } of moves) {
      await expand(this.#space, state, successors);
      // A wait that ran out did so where time alone could go on, which only a whole search knows.
      if (kind === 'expiry') this.#space.letTimePass(state);
      await expand(this.#space, state, successors);
      const next = successors.find(({ move }) => move.thread === thread && move.kind === kind);
      if (!next) return { kind: 'unsupported', reason: 'the threads cannot follow this schedule', file: '', line: 0 };
      if (last >= 0 && thread !== last && kind !== 'drain' && this.#space.isEnabled(state, last)) preemptions += 1;
      if (kind !== 'drain') last = thread;
      state = next.state;
      states.push(state);
    }
    const path = { what: undefined, state, moves, preemptions };
    const finding = this.#look(state);
    if (finding) return this.#failed({ ...path, what: finding }, false, undefined);
    if (repeatsFrom !== undefined && states[repeatsFrom] === state) {
      const failure = described(this.#space, this.#initial, moves, preemptions);
      return this.#verdict({ ...failure, kind: 'livelock', said: '', repeatsFrom, race: undefined }, undefined);
    }
    const racing = this.#scenario.options.memory === 'sc' ? this.#space.race(state) : undefined;
    if (racing) return this.#raced({ ...path, threads: racing }, undefined);
    return this.#passed('schedule');
  }

  async #begin(): Promise<void> {
    const { ask, bytes } = this.#scenario;
    const roots: number[] = [];
    for (const thread of ask.keys()) roots.push(await this.#program.root(thread, bytes.slice()));
    this.#initial = this.#space.initial(roots, this.#memories.initial(bytes));
  }

  /** Every state; then, where time alone can go on, what comes when it has passed. */
  async #searchEverything(): Promise<{ finding?: Wrong; bound?: Bound | undefined; fair?: readonly Cycle[] }> {
    const seen = new Visited();
    let finding: Wrong | undefined;
    let open = [this.#initial];
    for (;;) {
      const { bound, isEnded } = await searchAll(this.#space, open, seen, this.#limits(), (state) => {
        finding = this.#look(state);
        return finding !== undefined;
      });
      if (isEnded && finding) return { finding };
      if (bound) return { bound };
      if (!this.#program.hasLoops) return {};
      const cycles = await fairCycles(this.#space, this.#initial, this.#limits().met);
      const fair = cycles.filter(({ timed }) => timed.length === 0);
      if (fair.length > 0) return { fair };
      if (cycles.length === 0) return {};
      open = cycles.flatMap(({ states }) => [...states]);
      for (const state of open) this.#space.letTimePass(state);
    }
  }

  #limits(): Limits {
    const { options, signal, onProgress } = this.#scenario;
    return {
      mostStates: options.mostStates,
      met: async () => {
        onProgress?.(this.#space.size);
        // Whoever wants to stop the search gets a turn.
        await new Promise((resolve) => setImmediate(resolve));
        signal?.throwIfAborted();
        if (process.memoryUsage.rss() > options.mostMiB * 2 ** 20) return 'memory';
        return performance.now() - this.#startMs < options.mostMs ? undefined : 'time';
      },
    };
  }

  #searchBest<T>(mostPreemptions: number, look: (state: number) => T | undefined): ReturnType<typeof searchBest<T>> {
    return searchBest<T>(this.#space, this.#initial, mostPreemptions, this.#limits(), (state, path) => {
      if (!this.#race && this.#scenario.options.memory === 'sc') {
        const threads = this.#space.race(state);
        if (threads) this.#race = { ...path(), threads };
      }
      return look(state);
    });
  }

  /** There is a failure; now the shortest way to one. */
  async #shortest(look: (state: number) => Wrong | undefined, bound: Bound | undefined): Promise<Exploration> {
    const { found } = await this.#searchBest(Number.POSITIVE_INFINITY, look);
    if (found) return this.#failed(found, true, bound);
    return this.#withoutFailure('time');
  }

  #look(state: number): Wrong | undefined {
    const finding = this.#findings.at(state);
    if (finding?.kind === 'cut') this.#isCut = true;
    return finding?.kind === 'failure' || finding?.kind === 'refused' ? finding : undefined;
  }

  async #withoutFailure(bound: Bound | undefined): Promise<Exploration> {
    const { memory } = this.#scenario.options;
    if (memory === 'sc') {
      // The first search may have missed a race that needs more preemptions.
      if (!this.#race && bound === undefined) await this.#anyRace();
      if (this.#race) return this.#raced(this.#race, bound);
    }
    return this.#passed(bound);
  }

  #passed(bound: Bound | undefined): Exploration {
    const { memory } = this.#scenario.options;
    return { kind: 'passed', bound, effort: this.#effort(), memory, hasTimedWait: this.#program.hasTimedWait };
  }

  async #anyRace(): Promise<void> {
    const seen = new Visited();
    let isThere = false;
    await searchAll(this.#space, [this.#initial], seen, this.#limits(), (state) => {
      isThere = this.#space.race(state) !== undefined;
      return isThere;
    });
    if (isThere) await this.#searchBest(Number.POSITIVE_INFINITY, () => this.#race);
  }

  #raced(
    race: Found<undefined> & { readonly threads: readonly [number, number] },
    bound: Bound | undefined,
  ): Exploration {
    return this.#verdict(
      {
        ...described(this.#space, this.#initial, race.moves, race.preemptions),
        kind: 'race',
        said: '',
        race: raceIn(this.#space, race),
      },
      bound,
    );
  }

  #failed({ what, moves, preemptions }: Found<Wrong>, isMinimal: boolean, bound: Bound | undefined): Exploration {
    if (what.kind === 'refused') return { ...what, kind: 'unsupported' };
    const race = this.#race && raceIn(this.#space, this.#race);
    return this.#verdict(
      {
        ...described(this.#space, this.#initial, moves, preemptions),
        kind: what.failure,
        said: what.said,
        race,
        isMinimal,
      },
      bound,
    );
  }

  /** The shortest way into one of the cycles, and once round it. */
  async #livelock(cycles: readonly Cycle[]): Promise<Exploration> {
    const { found } = await this.#searchBest(Number.POSITIVE_INFINITY, (state) =>
      cycles.find(({ states }) => states.has(state)),
    );
    if (!found) return this.#withoutFailure('time');
    const turn = turnIn(this.#space, found.what, found.state);
    return this.#verdict(
      {
        ...described(this.#space, this.#initial, [...found.moves, ...turn], found.preemptions),
        kind: 'livelock',
        said: '',
        repeatsFrom: found.moves.length,
        race: this.#race && raceIn(this.#space, this.#race),
      },
      undefined,
    );
  }

  #verdict(failure: Failure, bound: Bound | undefined): Exploration {
    return { kind: 'failed', failure, bound, effort: this.#effort(), memory: this.#scenario.options.memory };
  }

  #effort(): { states: number; runs: number; ms: number } {
    return {
      states: this.#space.size,
      runs: this.#program.runs,
      ms: Math.round(performance.now() - this.#startMs),
    };
  }
}
