// One schedule at a time, step by step, as somebody chooses it: what each thread would do next, what memory holds, whether
// that was the end. Nothing is searched. It knows nothing of who chooses.
import type { ThreadsToExplore } from './explore.ts';
import { Findings } from './findings.ts';
import { Memories } from './memories.ts';
import { Program, type LoopMemory } from './program.ts';
import type { Operation, Result } from './operation.ts';
import { standingsOf, stepsOf } from './schedule.ts';
import { expand } from './search.ts';
import { StateSpace, type Move, type Successor } from './state-space.ts';
import type { Failure, FailureKind, Race, Standing, Step } from './verdict.ts';
import { Waiters } from './waiters.ts';

export interface Where {
  readonly moves: readonly Move[];
  readonly steps: readonly Step[];
  readonly preemptions: number;
  readonly standings: readonly Standing[];
  /** for each thread what its next step is; undefined: it cannot do one now */
  readonly choices: readonly (Move | undefined)[];
  /** the bytes of memory */
  readonly memory: Uint8Array;
  readonly ending: Ending | undefined;
}

export type Ending =
  | { readonly kind: 'failure'; readonly failure: Failure }
  /** all threads have ended, and nothing is wrong */
  | { readonly kind: 'ended' }
  | { readonly kind: 'refused'; readonly reason: string; readonly file: string; readonly line: number }
  | { readonly kind: 'cut' };

type Walked = Pick<ThreadsToExplore, 'ask' | 'bytes' | 'checks' | 'options'>;

export class Walk {
  readonly #scenario: Walked;
  readonly #isRaceTheEnd: boolean;
  /** in which a thread has turned out to remember how it went round */
  readonly #loops = new Map<string, LoopMemory>();
  #program: Program;
  #space: StateSpace;
  #findings: Findings;
  #initial = 0;
  /** the state that was come to last */
  #last = 0;

  /** @param isRaceTheEnd a data race ends the walk; else it goes on to what comes of it */
  static async begin(scenario: Walked, isRaceTheEnd: boolean): Promise<Walk> {
    const walk = new Walk(scenario, isRaceTheEnd);
    await walk.#start();
    return walk;
  }

  private constructor(scenario: Walked, isRaceTheEnd: boolean) {
    this.#scenario = scenario;
    this.#isRaceTheEnd = isRaceTheEnd;
    [this.#program, this.#space, this.#findings] = this.#nothingKnown();
  }

  /**
   * Where it leads when the threads go on in this order.
   * @param turns of threads; up to the first one that cannot go on
   */
  async at(turns: readonly number[]): Promise<Where> {
    for (;;) {
      const where = await this.#follow(turns);
      const loops = await this.#forgotten(where);
      if (loops.size === 0) return where;
      for (const loop of loops) this.#loops.set(loop, this.#loops.has(loop) ? 'rounds' : 'met');
      [this.#program, this.#space, this.#findings] = this.#nothingKnown();
      await this.#start();
    }
  }

  /**
   * A thread that came back to where it stood is taken to have forgotten how it went round (program.ts). Here its code is run with
   * all that it has really heard: does it come to the same?
   * @returns by name the loops of those that do not
   */
  async #forgotten({ steps }: Where): Promise<ReadonlySet<string>> {
    const program = this.#program;
    const loops = new Set<string>();
    for (let thread = 0; thread < program.threads; thread += 1) {
      const turned = program.twins.filter(({ of }) => program.threadOf(of) === thread);
      if (turned.length === 0) continue;
      const { results, operations } = heardIn(steps, thread);
      if (await program.goes(thread, results, operations, this.#space.node(this.#last, thread))) continue;
      for (const { of } of turned) loops.add(program.loopAt(of));
    }
    return loops;
  }

  #nothingKnown(): [Program, StateSpace, Findings] {
    const { ask, checks, options } = this.#scenario;
    const program = new Program(ask, options.mostOperations, this.#loops);
    const memories = new Memories(options.memory, ask.length, program.operations, program.results);
    const space = new StateSpace(program, memories, new Waiters());
    return [program, space, new Findings(space, checks)];
  }

  async #start(): Promise<void> {
    const { ask, bytes } = this.#scenario;
    const roots: number[] = [];
    for (const thread of ask.keys()) roots.push(await this.#program.root(thread, bytes.slice()));
    this.#initial = this.#space.initial(roots, this.#space.memories.initial(bytes));
  }

  async #follow(turns: readonly number[]): Promise<Where> {
    const states = [this.#initial];
    const moves: Move[] = [];
    let over = this.#over(states, moves);
    let successors = await this.#successorsOf(this.#initial);
    for (const thread of turns) {
      const next = over ? undefined : successors.find(({ move }) => move.thread === thread);
      if (!next) break;
      moves.push(next.move);
      states.push(next.state);
      over = this.#over(states, moves);
      successors = await this.#successorsOf(next.state);
    }
    const state = states.at(-1) ?? this.#initial;
    this.#last = state;
    const steps = stepsOf(this.#space, states, moves);
    const standings = standingsOf(this.#space, state);
    return {
      moves,
      steps,
      preemptions: preemptionsIn(steps),
      standings,
      choices: standings.map((_, thread) =>
        over ? undefined : successors.find(({ move }) => move.thread === thread)?.move,
      ),
      memory: this.#space.memories.bytes(this.#space.memory(state)),
      ending: over?.kind === 'failure' ? { kind: 'failure', failure: failureOf(over, moves, steps, standings) } : over,
    };
  }

  async #successorsOf(state: number): Promise<Successor[]> {
    const successors: Successor[] = [];
    await expand(this.#space, state, successors);
    return successors;
  }

  /** What ends the walk where it stands. */
  #over(states: readonly number[], moves: readonly Move[]): Over | undefined {
    const state = states.at(-1) ?? this.#initial;
    const finding = this.#findings.at(state);
    if (finding?.kind === 'failure') return { kind: 'failure', what: finding.failure, said: finding.said };
    if (finding) return finding;
    const repeatsFrom = this.#repeatsFrom(states, moves);
    if (repeatsFrom !== undefined) return { kind: 'failure', what: 'livelock', said: '', repeatsFrom };
    const race = this.#isRaceTheEnd ? this.#raceAt(state) : undefined;
    return race && { kind: 'failure', what: 'race', said: '', race };
  }

  /** Since when the walk goes round in a circle in which everybody who could go on did. */
  #repeatsFrom(states: readonly number[], moves: readonly Move[]): number | undefined {
    const from = states.indexOf(states.at(-1) ?? -1);
    if (from === states.length - 1) return undefined;
    const moving = new Set(moves.slice(from).map(({ thread }) => thread));
    const isStarving = states
      .slice(from)
      .some((state) =>
        Array.from({ length: this.#space.threads }, (_, thread) => thread).some(
          (thread) => this.#space.isEnabled(state, thread) && !moving.has(thread),
        ),
      );
    return isStarving ? undefined : from;
  }

  #raceAt(state: number): Race | undefined {
    const threads = this.#space.race(state);
    if (!threads) return undefined;
    const standings = standingsOf(this.#space, state);
    const [one, other] = threads.map((thread) => standings[thread] ?? { kind: 'unknown' as const });
    return { threads, standings: [one ?? { kind: 'unknown' }, other ?? { kind: 'unknown' }] };
  }
}

type Over = Exclude<Ending, { kind: 'failure' }> | Failed;

interface Failed {
  readonly kind: 'failure';
  readonly what: FailureKind;
  readonly said: string;
  readonly repeatsFrom?: number;
  readonly race?: Race;
}

function failureOf(
  { what, said, repeatsFrom, race }: Failed,
  moves: readonly Move[],
  steps: readonly Step[],
  standings: readonly Standing[],
): Failure {
  return {
    kind: what,
    said,
    moves,
    steps,
    preemptions: preemptionsIn(steps.slice(0, repeatsFrom)),
    repeatsFrom,
    standings,
    race,
    isMinimal: false,
  };
}

/** What a thread has done, and what that gave it; a wait gives something when it is over. */
function heardIn(steps: readonly Step[], thread: number): { results: Result[]; operations: Operation[] } {
  const results: Result[] = [];
  const operations: Operation[] = [];
  let waiting: Operation | undefined;
  for (const step of steps) {
    if (step.thread === thread && step.sleeps) waiting = step.operation;
    else if (step.thread === thread) {
      results.push(step.result);
      operations.push(step.operation);
      waiting = undefined;
    } else if (waiting && step.woken.includes(thread)) {
      results.push('ok');
      operations.push(waiting);
      waiting = undefined;
    }
  }
  return { results, operations };
}

function preemptionsIn(steps: readonly Step[]): number {
  return steps.filter(({ isPreemption }) => isPreemption).length;
}
