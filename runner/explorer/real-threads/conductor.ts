// Leads real threads through a schedule: one of them does one operation, then the next in the schedule does its own, on memory
// that they really share. What follows from it is read off the threads and the memory; no model of either is asked. It is to
// run in a process that may be killed, for code of threads may do anything.
import { performance } from 'node:perf_hooks';
import type { Outside } from '../engine/explore.ts';
import { operationKey, placesKey } from '../engine/keys.ts';
import { readCell } from '../engine/memory.ts';
import { conflict } from '../engine/operation.ts';
import type { LoadedScenario } from '../scenario.ts';
import type { Schedule } from '../engine/schedule.ts';
import type { Move } from '../engine/state-space.ts';
import type { Failure, FailureKind, Race, Standing, Step } from '../engine/verdict.ts';
import { Gate, rounds } from './lockstep.ts';
import { isOver, LockstepThread, type Position } from './lockstep-thread.ts';
import { Sleepers } from './sleepers.ts';

/** What came of a schedule on real threads. */
export interface Conducted {
  readonly steps: readonly Step[];
  readonly standings: readonly Standing[];
  /** undefined: nothing is wrong at its end */
  readonly failure: Failure | undefined;
  /** why a thread could not do the next step of the schedule, if it could not */
  readonly stuck: string | undefined;
  /** how many threads were asleep in `Atomics.wait` at the end, as counted by V8 */
  readonly asleep: number;
  /** wall time */
  readonly ms: number;
}

/** What is wrong, and nothing that follows would count. */
type Wrong =
  | { readonly failure: FailureKind; readonly said: string; readonly race?: Race }
  /** the schedule cannot be gone on with */
  | { readonly stuck: string };

function wrong(failure: FailureKind, said: string | Outside): Wrong {
  return typeof said === 'string' ? { failure, said } : { stuck: said.reason };
}

/** A wait that runs out in the schedule does so after at most so long, whatever its own limit; no other one does. */
const mostSleepMs = 20;
/** Falling asleep is not heard, it has to be looked for. */
const dozeMs = 1;
/** Of the processor, for each thread, until all have started. */
const startCpuMs = 2_000;
/** To get out of a sleep that is over. */
const wakingCpuMs = 5_000;

export class Conductor {
  readonly #scenario: LoadedScenario;
  readonly #schedule: Schedule;
  readonly #memory: SharedArrayBuffer;
  readonly #sleepers: Sleepers;
  readonly #gate: Gate;
  readonly #threads: readonly LockstepThread[];
  readonly #steps: Step[] = [];
  readonly #moves: Move[] = [];
  /** in the order in which they fell asleep */
  #asleep: number[] = [];
  #hung: number | undefined;
  #last = -1;
  #preemptions = 0;

  constructor(scenario: LoadedScenario, schedule: Schedule) {
    this.#scenario = scenario;
    this.#schedule = schedule;
    const { bytes, threads, files, shared } = scenario;
    this.#memory = new SharedArrayBuffer(Math.max(bytes.length, BigInt64Array.BYTES_PER_ELEMENT));
    new Uint8Array(this.#memory).set(bytes);
    this.#sleepers = new Sleepers(this.#memory);
    const gate = Gate.forThreads(threads);
    this.#gate = new Gate(gate);
    const [file = ''] = files;
    this.#threads = Array.from(
      { length: threads },
      (_, thread) => new LockstepThread({ file, thread, shared, memory: this.#memory, gate }),
    );
  }

  /** Steps so far. */
  get done(): number {
    return this.#steps.length;
  }

  async run(): Promise<Conducted> {
    const startMs = performance.now();
    const wrong = await this.#follow();
    const failure = wrong && 'failure' in wrong ? wrong : undefined;
    const asleep = this.#sleepers.all();
    const standings = this.#standings();
    return {
      steps: this.#steps,
      standings,
      failure: failure && {
        kind: failure.failure,
        said: failure.said,
        preemptions: this.#preemptions,
        moves: this.#moves,
        steps: this.#steps,
        repeatsFrom:
          failure.failure === 'livelock' && this.#hung === undefined ? this.#schedule.repeatsFrom : undefined,
        standings,
        race: failure.race,
        // It was led there.
        isMinimal: false,
      },
      stuck: wrong && 'stuck' in wrong ? wrong.stuck : undefined,
      asleep,
      ms: Math.round(performance.now() - startMs),
    };
  }

  async #follow(): Promise<Wrong | undefined> {
    const { moves, repeatsFrom } = this.#schedule;
    const turn = repeatsFrom === undefined ? [] : moves.slice(repeatsFrom);
    const all = [...moves, ...Array.from({ length: rounds - 1 }, () => turn).flat()];
    const expires = expiring(all);
    const wrong = await this.#settle(startCpuMs * this.#threads.length);
    if (wrong) return wrong;
    const marks: string[] = [];
    for (const [index, move] of all.entries()) {
      if (repeatsFrom !== undefined && (index - repeatsFrom) % turn.length === 0 && index >= repeatsFrom)
        marks.push(this.#state());
      const stuck = await this.#step(move, expires[index] ?? false);
      if (stuck !== undefined) return { stuck };
      const found = await this.#settle();
      if (found) return found;
    }
    if (turn.length === 0) return this.#atTheEnd();
    marks.push(this.#state());
    if (marks.some((mark) => mark !== marks[0])) return { stuck: 'what should repeat itself comes to another place' };
    const starved = this.#threads.findIndex(
      ({ position }, thread) => position.kind === 'stands' && !turn.some((move) => move.thread === thread),
    );
    if (starved >= 0) return { stuck: `thread ${starved} could go on and never has a turn, which proves nothing` };
    return { failure: 'livelock', said: '' };
  }

  /**
   * @param expires whether it is a wait that will run out
   * @returns why the thread cannot do the step, or undefined when it has done it
   */
  async #step({ thread: number, kind }: Move, expires: boolean): Promise<string | undefined> {
    const thread = this.#threads[number];
    const at = thread?.position;
    const due = kind === 'expiry' ? 'expired' : 'stands';
    if (!thread || !at || at.kind !== due) return `thread ${number} ${wordsFor(at)} where its next step is due`;
    const { operation, places } = at as Extract<Position, { kind: 'stands' }>;
    const before = this.#valueAt(operation);
    const last = this.#threads[this.#last];
    const isPreemption = this.#last !== number && last?.position.kind === 'stands';
    const asleepThere = this.#asleepAt(operation.cell.address);
    const limitMs = operation.name === 'wait' ? (operation.timeoutMs ?? Number.POSITIVE_INFINITY) : 0;
    thread.begin();
    this.#gate.letGo(number, expires ? Math.min(limitMs, mostSleepMs) : limitMs === 0 ? 0 : Number.POSITIVE_INFINITY);
    const fellAsleep = (): boolean => this.#sleepers.at(operation.cell.address) > asleepThere.length;
    const canSleep = operation.name === 'wait' && kind === 'operation' && !expires;
    const patience = await thread.until(
      () => thread.position.kind !== 'does' || (canSleep && fellAsleep()),
      canSleep ? dozeMs : undefined,
      wakingCpuMs,
    );
    if (patience !== 'held') return `thread ${number} does not come back from its Atomics.${operation.name}`;
    const sleeps = thread.position.kind === 'does' || thread.position.kind === 'expired';
    if (thread.position.kind === 'does') this.#asleep.push(number);
    const result = sleeps ? undefined : thread.result;
    const woken = operation.name === 'notify' ? await this.#woken(asleepThere, Number(result)) : [];
    if (!woken) return `${String(result)} threads should wake, and do not`;
    this.#asleep = this.#asleep.filter((sleeper) => !woken.includes(sleeper));
    const after = this.#valueAt(operation);
    this.#steps.push({ thread: number, kind, operation, result, before, after, places, isPreemption, sleeps, woken });
    this.#moves.push({ thread: number, kind });
    if (isPreemption) this.#preemptions += 1;
    this.#last = number;
    return undefined;
  }

  /** Waits until so many of the sleepers have woken up. @returns who; undefined when they do not */
  async #woken(sleepers: readonly number[], count: number): Promise<number[] | undefined> {
    const awake = (): number[] => sleepers.filter((sleeper) => this.#threads[sleeper]?.position.kind !== 'does');
    const first = this.#threads[sleepers[0] ?? 0];
    const patience = await first?.until(() => awake().length >= count, dozeMs, wakingCpuMs);
    return patience === 'held' ? awake() : undefined;
  }

  /** Waits until nobody moves any more, and looks at what there is. */
  async #settle(cpuMs?: number): Promise<Wrong | undefined> {
    for (const [number, thread] of this.#threads.entries()) {
      const patience = await thread.until(() => thread.position.kind !== 'runs', undefined, cpuMs);
      if (patience === 'held') continue;
      if (patience === 'idle') return { stuck: `thread ${number} does not get on` };
      this.#hung = number;
      return { failure: 'livelock', said: '' };
    }
    for (const [number, { position }] of this.#threads.entries()) {
      if (position.kind === 'refused') return { stuck: `thread ${number} is refused: ${position.reason}` };
      if (position.kind === 'gone') return { stuck: `thread ${number} is gone: ${position.how}` };
      if (position.kind === 'threw')
        return { failure: position.isAssertion ? 'assertion' : 'exception', said: position.said };
    }
    const { checks } = this.#scenario;
    const broken = checks.invariant?.(this.#bytes());
    if (broken !== undefined) return wrong('invariant', broken);
    if (!this.#threads.every(({ position }) => position.kind === 'ended')) return undefined;
    const failed = checks.final?.(this.#bytes());
    return failed === undefined ? undefined : wrong('assertion', failed);
  }

  /** What is wrong where the schedule ends in the middle of the threads. */
  #atTheEnd(): Wrong | undefined {
    const open = this.#threads.filter(({ position }) => !isOver(position));
    const areAsleep = open.every(({ position }) => position.kind === 'does' && isForEver(position.operation));
    if (open.length > 0 && areAsleep && this.#sleepers.all() === open.length) return { failure: 'deadlock', said: '' };
    const standing = this.#threads.flatMap(({ position }, thread) =>
      position.kind === 'stands' ? [{ thread, position }] : [],
    );
    for (const [index, one] of standing.entries()) {
      const other = standing.slice(index + 1).find((each) => conflict(one.position.operation, each.position.operation));
      if (!other) continue;
      const standings = this.#standings();
      const [first = unknown, second = unknown] = [standings[one.thread], standings[other.thread]];
      return {
        failure: 'race',
        said: '',
        race: { threads: [one.thread, other.thread], standings: [first, second] },
      };
    }
    return undefined;
  }

  #asleepAt(address: number): number[] {
    return this.#asleep.filter((sleeper) => {
      const position = this.#threads[sleeper]?.position;
      return position?.kind === 'does' && position.operation.cell.address === address;
    });
  }

  #bytes(): Uint8Array {
    return new Uint8Array(this.#memory).slice();
  }

  #valueAt({ cell }: Step['operation']): Step['before'] {
    return readCell(new DataView(this.#memory), cell);
  }

  /** What memory holds and where everybody is, as far as it can be seen. */
  #state(): string {
    const positions = this.#threads.map(({ position }) =>
      'operation' in position
        ? `${position.kind} ${operationKey(position.operation)} ${placesKey(position.places)}`
        : position.kind,
    );
    return [...positions, this.#bytes().join(' ')].join('\n');
  }

  #standings(): Standing[] {
    return this.#threads.map(({ position }, thread) => {
      if (thread === this.#hung) return { kind: 'hung', places: [] };
      switch (position.kind) {
        case 'stands':
          return { kind: 'next', operation: position.operation, places: position.places };
        case 'does':
        case 'expired':
          return { kind: 'sleeps', operation: position.operation, places: position.places };
        case 'threw': {
          const [, name = 'Error', message = ''] = /^(.*?): (.*)$/s.exec(position.said) ?? [];
          return { kind: 'threw', name, message, places: position.places };
        }
        case 'ended':
          return { kind: 'ended' };
        default:
          return unknown;
      }
    });
  }
}

/** For each move, whether the thread's next one is that its wait runs out. */
function expiring(moves: readonly Move[]): boolean[] {
  const next = new Map<number, Move['kind']>();
  const expires = moves.toReversed().map(({ thread, kind }) => {
    const isFollowed = next.get(thread) === 'expiry';
    next.set(thread, kind);
    return isFollowed;
  });
  return expires.toReversed();
}

const unknown: Standing = { kind: 'unknown' };

function isForEver(operation: Step['operation']): boolean {
  return operation.name === 'wait' && operation.timeoutMs === null;
}

function wordsFor(position: Position | undefined): string {
  switch (position?.kind) {
    case undefined:
      return 'is not there';
    case 'does':
    case 'expired':
      return 'sleeps';
    case 'stands':
      return 'has not slept';
    case 'ended':
      return 'has ended';
    default:
      return 'does not stand';
  }
}
