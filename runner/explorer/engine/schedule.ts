// A schedule step by step: from the moves that a search found to what is shown of them, and to a text that brings any machine
// to the same end.
import { createHash } from 'node:crypto';
import type { Move, StateSpace, Successor } from './state-space.ts';
import type { MemoryModel } from './memories.ts';
import type { Failure, Race, Standing, Step } from './verdict.ts';

/**
 * @param states the states that the moves lead through, the initial one first
 */
export function stepsOf(space: StateSpace, states: readonly number[], moves: readonly Move[]): Step[] {
  let last = -1;
  return moves.map((move, index) => {
    const [from, to] = [states[index] ?? 0, states[index + 1] ?? 0];
    const isPreemption = isPreempting(space, from, move, last);
    if (move.kind !== 'drain') last = move.thread;
    return stepOf(space, from, to, move, isPreemption);
  });
}

function isPreempting(space: StateSpace, state: number, move: Move, last: number): boolean {
  return last >= 0 && move.thread !== last && move.kind !== 'drain' && space.isEnabled(state, last);
}

function stepOf(space: StateSpace, from: number, to: number, { thread, kind }: Move, isPreemption: boolean): Step {
  const { program, memories, waiters } = space;
  const node = space.node(from, thread);
  const operation =
    kind === 'drain'
      ? memories.oldestPending(space.memory(from), thread)
      : program.operations.at(program.operation(node));
  if (!operation) throw new Error('a step without an operation');
  const sleeping = (state: number): readonly number[] => waiters.at(space.queue(state)).map((waiter) => waiter.thread);
  const [before, after] = [sleeping(from), sleeping(to)];
  const woken = before.filter((sleeper) => sleeper !== thread && !after.includes(sleeper));
  const sleeps = after.includes(thread) && !before.includes(thread);
  const effect = memories.effect(space.memory(from), program.operations.number(operation), thread);
  const result =
    kind === 'expiry'
      ? ('timed-out' as const)
      : kind === 'drain' || sleeps
        ? undefined
        : operation.name === 'notify'
          ? woken.length
          : program.results.at(effect.result);
  // A store that is on its way has not changed memory yet.
  const observer = kind === 'drain' ? -1 : thread;
  return {
    thread,
    kind,
    operation,
    result,
    before: memories.valueIn(space.memory(from), operation, observer),
    after: memories.valueIn(space.memory(to), operation, observer),
    places: kind === 'drain' ? [] : program.places(node),
    isPreemption,
    sleeps,
    woken,
  };
}

/** Where every thread is in a state. */
export function standingsOf(space: StateSpace, state: number): Standing[] {
  return Array.from({ length: space.threads }, (_, thread) => {
    const node = space.node(state, thread);
    const next = space.program.next(node);
    const places = space.program.places(node);
    switch (next.kind) {
      case 'operation': {
        const sleeps = space.waiters.sleeps(space.queue(state), thread);
        return { kind: sleeps ? 'sleeps' : 'next', operation: next.operation, places };
      }
      case 'threw':
        return { kind: 'threw', name: next.name, message: next.message, places };
      case 'hung':
        return { kind: 'hung', places };
      case 'ended':
        return { kind: 'ended' };
      default:
        return { kind: 'unknown' };
    }
  });
}

/** Who goes on, step by step. */
export interface Schedule {
  readonly moves: readonly Move[];
  /** of a livelock: the move from which on it repeats itself */
  readonly repeatsFrom?: number | undefined;
}

/** A schedule as a failure shows it; what the failure is, its owner says. */
export function described(
  space: StateSpace,
  initial: number,
  moves: readonly Move[],
  preemptions: number,
): Pick<Failure, 'preemptions' | 'steps' | 'standings' | 'repeatsFrom' | 'isMinimal' | 'moves'> {
  const states = [initial];
  const successors: Successor[] = [];
  for (const { thread, kind } of moves) {
    space.successors(states.at(-1) ?? 0, successors);
    const next = successors.find(({ move }) => move.thread === thread && move.kind === kind);
    if (!next) throw new Error('a schedule that cannot be followed');
    states.push(next.state);
  }
  return {
    moves,
    preemptions,
    steps: stepsOf(space, states, moves),
    standings: standingsOf(space, states.at(-1) ?? 0),
    repeatsFrom: undefined,
    isMinimal: true,
  };
}

/** Both accesses of a race. */
export function raceIn(
  space: StateSpace,
  { state, threads }: { readonly state: number; readonly threads: readonly [number, number] },
): Race {
  const standings = standingsOf(space, state);
  const [one, other] = threads.map((thread) => standings[thread] ?? { kind: 'unknown' as const });
  return { threads, standings: [one ?? { kind: 'unknown' }, other ?? { kind: 'unknown' }] };
}

/**
 * A schedule as a text: what it was found in, then each thread's turn with the number of its steps. `x` is a wait that runs
 * out, `d` a store that reaches memory; what comes behind `~` repeats itself.
 */
export interface Token extends Schedule {
  readonly memory: MemoryModel;
  /** of the scenario's files: another text may have other steps */
  readonly digest: string;
}

/** More than any search finds; a token may be typed by anybody. */
const mostMoves = 100_000;

const letters = { operation: '', expiry: 'x', drain: 'd' } as const;

export function writeToken({ memory, digest, moves, repeatsFrom = moves.length }: Token): string {
  const parts = [moves.slice(0, repeatsFrom), moves.slice(repeatsFrom)].map(turnsOf);
  return `${memory}-${digest}-${parts[0] || '0*0'}${parts[1] ? `~${parts[1]}` : ''}`;
}

function turnsOf(moves: readonly Move[]): string {
  const turns: string[] = [];
  for (let at = 0; at < moves.length;) {
    const { thread, kind } = moves[at] as Move;
    let length = 1;
    while (moves[at + length]?.thread === thread && moves[at + length]?.kind === kind) length += 1;
    turns.push(`${thread}${letters[kind]}${length > 1 ? `*${length}` : ''}`);
    at += length;
  }
  return turns.join('.');
}

/** @returns undefined for what is no token */
export function readToken(text: string): Token | undefined {
  const [, memory, digest, once = '', again] =
    /^(sc|tso)-([0-9a-f]{8})-([0-9xd.*]+)(?:~([0-9xd.*]+))?$/.exec(text) ?? [];
  if (!memory || !digest) return undefined;
  const [moves, repeated] = [movesOf(once), again === undefined ? [] : movesOf(again)];
  if (!moves || !repeated) return undefined;
  return {
    memory: memory as MemoryModel,
    digest,
    moves: [...moves, ...repeated],
    repeatsFrom: again === undefined ? undefined : moves.length,
  };
}

function movesOf(turns: string): Move[] | undefined {
  const moves: Move[] = [];
  for (const turn of turns.split('.')) {
    const [, thread, letter, count = '1'] = /^(\d{1,3})([xd]?)(?:\*(\d{1,5}))?$/.exec(turn) ?? [];
    if (thread === undefined) return undefined;
    if (moves.length + Number(count) > mostMoves) return undefined;
    const kind = letter === 'x' ? 'expiry' : letter === 'd' ? 'drain' : 'operation';
    for (let at = 0; at < Number(count); at += 1) moves.push({ thread: Number(thread), kind });
  }
  return moves;
}

/** @param texts of the scenario's files, in an order of their own */
export function digestOf(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}:${text}`);
  return hash.digest('hex').slice(0, 8);
}
