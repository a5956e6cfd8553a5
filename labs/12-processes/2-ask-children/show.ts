// A test's view of one pool: the children that it started, what each was asked, and what came of the promises. It waits for
// events and for turns of the program's loop, never for a time.
import { check, subject, type RunningLab } from 'interleave/kit';
import { inspect } from 'node:util';
import type * as Driver from './driver.ts';
import type * as Lab from './lab.ts';
import { Puppets, type Puppet } from './puppets.ts';

/** Turns without news after which none will come. */
const quietTurns = 40;
/** The same while the learner's code has a timer, and may look now and then. */
const quietTurnsWithTimers = 150;
/** The same while a child is starting or ending, or a question is on its way: it may have to wait for a core. */
const quietTurnsAtWork = 250;

type Program = RunningLab<typeof Lab, typeof Driver>;
export type Outcome = Driver.Outcome;

export class Show {
  readonly program: Program;
  readonly #puppets: Puppets;
  #now: Awaited<ReturnType<Program['driver']['turn']>> | undefined;
  #sent = 0;

  private constructor(program: Program, puppets: Puppets) {
    this.program = program;
    this.#puppets = puppets;
  }

  /** Opens a pool of the learner's for `play`, and clears away what is left of it. */
  static async of(size: number, play: (show: Show) => Promise<void>, file = 'child'): Promise<void> {
    const program = await subject<typeof Lab, typeof Driver>();
    const seen = new Show(program, await Puppets.open());
    try {
      await program.driver.open(file, size, seen.#puppets.port);
      await play(seen);
    } finally {
      seen.#puppets.close();
      // A program that has died needs no clearing.
      await program.driver.clear().catch(() => {});
    }
  }

  /** The children that have come, in that order; also those that are gone. */
  get children(): readonly Puppet[] {
    return this.#puppets.all;
  }

  /** Those that are still there. */
  get there(): readonly Puppet[] {
    return this.children.filter(({ isGone }) => !isGone);
  }

  get started(): number {
    return this.#now?.started ?? 0;
  }

  get exited(): number {
    return this.#now?.exited ?? 0;
  }

  get mostAlive(): number {
    return this.#now?.mostAlive ?? 0;
  }

  get closing(): Outcome | undefined {
    return this.#now?.close;
  }

  outcome(index: number): Outcome {
    return this.#now?.asks[index] ?? { kind: 'pending' };
  }

  /** The child that was asked this, and at which place among its questions. */
  holder(question: unknown): { readonly child: Puppet; readonly index: number } | undefined {
    for (const child of this.children) {
      const index = child.questions.lastIndexOf(question);
      if (index !== -1) return { child, index };
    }
    return undefined;
  }

  /** Asks, and waits until the questions have reached children, or will not. */
  async ask(...questions: readonly unknown[]): Promise<void> {
    await this.program.driver.ask(...questions);
    this.#sent += questions.length;
    await this.until(() => this.#arrived >= this.#sent);
  }

  /** Kills a child, and asks before the program can have been told of it. Waits for what comes of it, or for a child that gets it. */
  async askAfterKilling({ pid }: Puppet, question: unknown, index: number): Promise<void> {
    if (pid !== undefined) await this.program.driver.killAndAsk(pid, question);
    await this.until(() => this.outcome(index).kind !== 'pending' || this.holder(question) !== undefined);
  }

  get #arrived(): number {
    return this.children.reduce((sum, { asked }) => sum + asked.length, 0);
  }

  /** Lets the program's loop turn, so that what is about to happen happens. */
  async turns(count = 10): Promise<void> {
    for (let turn = 0; turn < count; turn += 1) this.#now = await this.program.driver.turn();
  }

  /**
   * Waits for something, as long as it may still come.
   * @returns whether it came
   */
  async until(isSo: () => boolean): Promise<boolean> {
    let last = '';
    for (let quiet = 0; quiet < this.#patience(); quiet += 1) {
      await this.turns(1);
      if (isSo()) return true;
      const { asks = [], alive, started, exited, close } = this.#now ?? {};
      const settled = asks.filter(({ kind }) => kind !== 'pending').length;
      const news = [this.#puppets.news, settled, alive, started, exited, close?.kind].join();
      if (news !== last) quiet = 0;
      last = news;
    }
    return false;
  }

  #patience(): number {
    const { alive = 0, hasTimers = false } = this.#now ?? {};
    const isAtWork =
      alive !== this.there.length || this.#arrived < this.#sent || this.children.some(({ isBusy }) => isBusy);
    return isAtWork ? quietTurnsAtWork : hasTimers ? quietTurnsWithTimers : quietTurns;
  }

  /** Demands that a question has reached a child. */
  reached(question: unknown, look: string): { readonly child: Puppet; readonly index: number } {
    const holder = this.holder(question);
    check(holder !== undefined, () => ({
      expected: `a child to get the question ${show(question)}`,
      happened: `What the children got was ${
        this.children
          .flatMap(({ asked }) => asked)
          .map(show)
          .join(', ') || 'nothing'
      }.`,
      look,
    }));
    return holder;
  }

  /** Demands that a promise has settled; waits for it. */
  async settled(index: number, whose: string, look: string): Promise<Outcome> {
    await this.until(() => this.outcome(index).kind !== 'pending');
    const outcome = this.outcome(index);
    check(outcome.kind !== 'pending', {
      expected: `the promise of ${whose} to settle`,
      happened: 'It was still pending when nothing happened any more that could settle it.',
      look,
    });
    return outcome;
  }
}

/** A value as a learner would write it, on one line. */
export function show(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return inspect(value, { depth: 4, breakLength: Infinity, maxStringLength: 60, maxArrayLength: 10 });
}

export function told(outcome: Outcome): string {
  if (outcome.kind === 'resolved') return `It resolved with ${show(outcome.value)}.`;
  if (outcome.kind === 'rejected') return `It rejected with ${show(outcome.error).replace(/\.$/, '')}.`;
  if (outcome.kind === 'threw')
    return `The call itself threw ${show(outcome.error).replace(/\.$/, '')}: there is no promise that could reject.`;
  return 'It was still pending.';
}
