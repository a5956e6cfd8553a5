// What has begun in a run and is not done, and which of it may come next: the choices that an order is made of.
//
// A task begins when it is chosen to. An operation's effect comes at any time after its call. Sleeps and timers come in the
// order of their deadlines, as far as that is known (clock.ts); those of the same length in the order in which they were set,
// as in Node. The clock stands until all tasks have begun: they begin at the same time, in any order.
//
// Mostly a choice has a turn of the event loop to itself. But callers may come in one turn (`Promise.all` of several calls), and
// one packet may bring several answers: then what follows from them takes turns in the queue of microtasks. Every subset in
// every order would be too many; all beginnings together, in both directions, and all answers, in the order of their
// calls, are a choice, too. Timers are left out: Node empties the queue after each of them.
import type { Place } from '../engine/operation.ts';
import { Clock } from './clock.ts';

export interface Pending {
  readonly kind: 'operation' | 'sleep' | 'timeout' | 'immediate';
  /** whose code called it; -1 for nobody's */
  readonly task: number;
  /** in the order of the calls; of a timer also what takes it back */
  readonly number: number;
  /** of an operation: which one, in the order in which they were made */
  readonly operation: number;
  /** of all but operations */
  readonly ms: number;
  /** does it; what it throws is the program's failure */
  readonly fire: () => void;
  /** where it was called; only in runs that are to be shown */
  readonly places: readonly Place[];
  /** what was called, as a text; the same */
  readonly text: string;
}

export type Choice = { readonly kind: 'start'; readonly task: number } | Pending;

/** What happens in one turn of the event loop, in this order, before anything follows from it; at least one. */
export type Turn = readonly Choice[];

/** A timer that is set to less waits this long. */
const leastTimeoutMs = 1;
/** Who has done so many steps in a row goes round in a circle, maybe: it is the others' turn, and going on would be unfair. */
const mostStreak = 50;

export class PendingWork {
  readonly unstarted: number[];
  readonly #begun: Pending[] = [];
  /** For each of these, how many steps had been taken when it began. */
  readonly #since = new WeakMap<Pending, number>();
  readonly #clock = new Clock();
  /** Immediates that come before all timers: those that were set in an answer. */
  readonly #atOnce = new WeakSet<Pending>();
  #steps = 0;
  #isInAnswer = false;
  #last = -1;
  /** How many steps it has done in a row. */
  #streak = 0;

  constructor(tasks: number) {
    this.unstarted = Array.from({ length: tasks }, (_, task) => task);
  }

  get begun(): readonly Pending[] {
    return this.#begun;
  }

  add(work: Pending): void {
    this.#begun.push(work);
    this.#since.set(work, this.#steps);
    if (!isTimer(work)) return;
    if (work.kind !== 'immediate') return this.#clock.set(work.number, work.ms, work.ms);
    if (this.#isInAnswer) this.#atOnce.add(work);
    // Before the loop goes round for the first time, a millisecond may be over.
    this.#clock.set(work.number, 0, this.#isInAnswer ? 0 : leastTimeoutMs);
  }

  removeTimer(number: number): void {
    const at = this.#begun.findIndex((work) => work.number === number && isTimer(work));
    if (at < 0) return;
    this.#begun.splice(at, 1);
    this.#clock.remove(number);
  }

  /** What may come next: the turns without a preemption first, the one that is taken by default at the head. */
  turns(): { readonly turns: readonly Turn[]; readonly free: number } {
    const operations = this.#begun.filter(({ kind }) => kind === 'operation');
    const own = operations.filter(({ task }) => task === this.#last);
    const others = [
      ...this.unstarted.map((task) => ({ kind: 'start', task }) as const),
      ...operations.filter(({ task }) => task !== this.#last),
    ];
    const due = this.#due();
    const isOwnTurn = own.length > 0 && (this.#streak < mostStreak || others.length === 0);
    const [free, preempting]: [Choice[], Choice[]] = isOwnTurn ? [own, others] : [others, own];
    // Time passes where there is nothing else to do, or else instead of it.
    (operations.length > 0 ? preempting : free).push(...due);
    const singly = [...free, ...preempting].map((choice): Turn => [choice]);
    return { turns: [...singly, ...this.#together(operations)], free: free.length };
  }

  /** More than one of a kind, in one turn. */
  #together(operations: readonly Pending[]): Turn[] {
    const starts = this.unstarted.map((task) => ({ kind: 'start', task }) as const);
    return [starts, starts.toReversed(), operations].filter(({ length }) => length > 1);
  }

  /** Whether nobody has been waiting for the explorer since before this step. */
  isServed(step: number): boolean {
    return this.unstarted.length === 0 && this.#begun.every((work) => (this.#since.get(work) ?? 0) >= step);
  }

  /** @param choice of a turn that was possible */
  take(choice: Choice): void {
    this.#steps += 1;
    this.#streak = choice.task === this.#last ? this.#streak + 1 : 1;
    this.#last = choice.task;
    this.#isInAnswer = choice.kind === 'operation';
    if (choice.kind === 'start') {
      this.unstarted.splice(this.unstarted.indexOf(choice.task), 1);
      return;
    }
    this.#begun.splice(this.#begun.indexOf(choice), 1);
    if (isTimer(choice)) this.#clock.fire(choice.number, this.unstarted.length > 0);
    else if (this.unstarted.length === 0) this.#clock.pass();
  }

  /** Timers that nothing else is ordered before. */
  #due(): Pending[] {
    const timers = this.#begun.filter(isTimer);
    if (timers.length === 0) return timers;
    const atOnce = timers.filter((timer) => this.#atOnce.has(timer));
    const isStanding = this.unstarted.length > 0;
    const isSameQueue = (a: Pending, b: Pending): boolean =>
      a.ms === b.ms && (a.kind === 'immediate') === (b.kind === 'immediate');
    return timers.filter(
      (timer) =>
        timers.find((other) => isSameQueue(timer, other)) === timer &&
        (atOnce.length === 0 || timer.kind === 'immediate') &&
        this.#clock.mayBeNext(timer.number, isStanding),
    );
  }
}

function isTimer({ kind }: Pending): boolean {
  return kind !== 'operation';
}
