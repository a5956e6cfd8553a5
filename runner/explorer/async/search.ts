// The search over orders. A promise cannot be copied, so there are no states to come back to: an order is a path from the root
// of a tree of choices, and each leaf costs a run from the beginning. Each order is run exactly once, those without a preemption
// first, then those with one, and so on; the first level that holds a failure is finished, so that the failure is the one
// with the fewest preemptions and, of these, the fewest steps.
import type { Turn } from './pending.ts';
import { periodOf } from './repetition.ts';
import type { Run, RunEnd } from './run.ts';
import { signatureOf, VainRounds } from './vain-rounds.ts';
import type { AsyncBound } from './verdict.ts';

/**
 * Where it stands: an order is through; the last step of this order comes next; the other side has to be asked before it can
 * go on.
 */
export type Progress =
  | { readonly kind: 'order' }
  | { readonly kind: 'step'; readonly order: string }
  /** the author's checks come next, or `setup` */
  | { readonly kind: 'check' }
  | { readonly kind: 'ask' };

/** A run that was begun; `isWaiting`: the other side has not said yet how it goes on. */
export interface Begun {
  readonly run: Run;
  isWaiting(): boolean;
}

export interface Failing {
  /** a character for each turn: which of those that were possible was taken */
  readonly order: string;
  readonly preemptions: number;
  readonly steps: number;
  readonly end: Exclude<RunEnd, { kind: 'well' }>;
}

export interface SearchOptions {
  readonly mostOrders: number;
  readonly mostOperations: number;
  readonly mostVainRounds: number;
  /** runs that may wait for the other side at the same time */
  readonly batch: number;
  readonly begin: () => Promise<Begun>;
  /** orders whose last step is known never to come to an end */
  readonly hangs: ReadonlySet<string>;
  /** Whether the steps of an order, from one on, go round in a circle: with the same values, too. */
  readonly isCircle: (order: string, from: number) => Promise<boolean>;
}

interface Item {
  readonly order: string;
  /** of the run that it branches off from, at this place */
  readonly checksum: number;
}

/** Orders that wait to be tried: more would fill the memory, and are left out. */
const mostQueued = 1_000_000;

const changes = 'it does not do the same each time that it is run in the same order';
const root: Item = { order: '', checksum: 0 };

export class Search {
  orders = 0;
  /** how many different beginnings of orders were met */
  states = 0;
  best: Failing | undefined;
  refusal: Extract<RunEnd, { kind: 'refused' }> | undefined;
  bound: AsyncBound | undefined;
  /** Says each step before it is done. */
  isCareful = false;
  readonly #options: SearchOptions;
  /**
   * By the number of preemptions, two for each: orders in which each choice has a turn to itself come before the others, for
   * of two that are as small they are easier to read.
   */
  readonly #queues: (Item[] | undefined)[] = [[root]];
  #queued = 1;

  constructor(options: SearchOptions) {
    this.#options = options;
  }

  /** Comes to an end when there is nothing left to try. */
  async *run(): AsyncGenerator<Progress, void> {
    for (let queue = 0; queue < this.#queues.length; queue += 1) {
      if (this.best && this.best.preemptions < levelOf(queue)) return;
      const items = this.#queues[queue] ?? [];
      // The list grows while it is worked through.
      for (let at = 0, size = 0; at < items.length; at += size) {
        let open = items.slice(at, at + this.#options.batch);
        size = open.length;
        // What is done needs no room any more.
        for (let done = at; done < at + size; done += 1) items[done] = root;
        this.#queued -= size;
        while (open.length > 0) {
          const waiting: Item[] = [];
          for (const item of open) {
            if (this.orders >= this.#options.mostOrders) {
              this.bound = 'orders';
              return;
            }
            if (yield* this.#try(item, queue)) waiting.push(item);
            else yield { kind: 'order' };
            if (this.refusal || this.bound === 'polling' || this.bound === 'hang') return;
          }
          open = waiting;
          if (open.length > 0) yield { kind: 'ask' };
        }
      }
      this.#queues[queue] = undefined;
    }
  }

  /** @returns whether it has to wait */
  async *#try(item: Item, queue: number): AsyncGenerator<Progress, boolean> {
    const level = levelOf(queue);
    const { begin, mostOperations, mostVainRounds, hangs } = this.#options;
    const rounds = new VainRounds();
    if (this.isCareful) yield { kind: 'check' };
    const { run, isWaiting } = await begin();
    if (!isWaiting()) run.look();
    const branches: Item[][] = [];
    const taken: string[] = [];
    let order = '';
    let steps = 0;
    while (!run.end && !isWaiting() && order.length < mostOperations) {
      const depth = order.length;
      if (this.best && steps + 1 >= this.best.steps) break;
      const { turns, free } = run.work.turns();
      const index = depth < item.order.length ? item.order.charCodeAt(depth) : 0;
      const turn = turns[index];
      const isOther = depth === item.order.length - 1 && run.checksum !== item.checksum;
      if (!turn || isOther) return this.#refuse(changes);
      if (depth >= item.order.length)
        for (let other = 1; other < turns.length; other += 1)
          (branches[queueFrom(queue, turns[other], other < free)] ??= []).push({
            order: order + letter(other),
            checksum: run.checksum,
          });
      order += letter(index);
      steps += turn.length;
      if (hangs.has(order)) {
        const end = { kind: 'livelock', said: '', by: undefined, places: [] } as const;
        this.#failed({ order, preemptions: level, steps, end });
        return this.#done(item, order, branches);
      }
      if (this.isCareful) yield { kind: 'step', order };
      taken.push(turn.map(signatureOf).join());
      await run.take(turn);
      if (rounds.after(turn) > mostVainRounds) this.bound = 'polling';
      if (this.isCareful) yield { kind: 'check' };
      if (!isWaiting()) run.look();
    }
    if (isWaiting()) return true;
    const { end } = run;
    if (end?.kind === 'refused') this.refusal = end;
    else if (end && end.kind !== 'well') this.#failed({ order, preemptions: level, steps, end });
    else if (!end && order.length >= mostOperations) await this.#cut(run, { order, taken, steps }, level);
    return this.#done(item, order, branches);
  }

  #done(item: Item, order: string, branches: readonly Item[][]): boolean {
    this.orders += 1;
    this.states += order.length - Math.max(0, item.order.length - 1);
    branches.forEach((branch, queue) => {
      if (this.#queued > mostQueued) this.bound ??= 'orders';
      else {
        for (const each of branch) (this.#queues[queue] ??= []).push(each);
        this.#queued += branch.length;
      }
    });
    return false;
  }

  #failed(failing: Failing): void {
    // Whatever does not come back costs a second and a process, and mostly the next order does not come back, either.
    if (failing.end.kind === 'livelock' && failing.end.places) this.bound = 'hang';
    if (!this.best || failing.steps < this.best.steps) this.best = failing;
  }

  /** A run with no end in sight: one that is fair and goes round in a circle has none. */
  async #cut(
    run: Run,
    { order, taken, steps }: { order: string; taken: readonly string[]; steps: number },
    level: number,
  ): Promise<void> {
    const from = order.length >>> 1;
    const isEndless =
      run.work.isServed(steps - (order.length - from)) &&
      periodOf(taken.slice(from), 2) !== undefined &&
      (await this.#options.isCircle(order, from));
    if (isEndless)
      this.#failed({ order, preemptions: level, steps, end: { kind: 'livelock', said: '', by: undefined } });
    else this.bound ??= 'operations';
  }

  #refuse(reason: string): boolean {
    this.refusal = { kind: 'refused', reason, file: '', line: 0 };
    return false;
  }
}

function levelOf(queue: number): number {
  return queue >>> 1;
}

/**
 * The queue of what branches off from an order of this one. Of several in one turn each comes in between those before it: as
 * many preemptions.
 */
function queueFrom(queue: number, turn: Turn | undefined, isFree: boolean): number {
  const together = (turn?.length ?? 1) - 1;
  return 2 * (levelOf(queue) + (isFree ? 0 : Math.max(1, together))) + (together > 0 ? 1 : queue % 2);
}

function letter(index: number): string {
  return String.fromCharCode(index);
}
