// A test's view of one call of the learner's code: the puppets that it started, the sleeps that it asked for, and what came of
// its promise. It waits for events and for turns of the program's loop, never for a time.
import { check, subject, type RunningLab } from 'interleave/kit';
import { inspect } from 'node:util';
import type * as Driver from './driver.ts';
import type * as Lab from './lab.ts';
import { Puppets, type Puppet } from './puppets.ts';

/** Turns without news after which none will come. */
const quietTurns = 40;
/** The same while the learner's code has a timer, and may look now and then. */
const quietTurnsWithTimers = 150;
/** The same while a process is starting, ending, or at work: it may have to wait for a core. */
const quietTurnsAtWork = 250;

export interface Sleep {
  readonly ms: unknown;
  /** Its time is up. */
  end(): void;
}

export class Show {
  readonly sleeps: Sleep[] = [];
  readonly program: RunningLab<typeof Lab, typeof Driver>;
  readonly #puppets: Puppets;
  #file = '';
  #now: Awaited<ReturnType<RunningLab<typeof Lab, typeof Driver>['driver']['turn']>> | undefined;

  private constructor(program: RunningLab<typeof Lab, typeof Driver>, puppets: Puppets) {
    this.program = program;
    this.#puppets = puppets;
  }

  /** Gives `play` a program with the learner's code, and clears away what is left of it. */
  static async of(play: (show: Show) => Promise<void>): Promise<void> {
    const program = await subject<typeof Lab, typeof Driver>();
    const show = new Show(program, await Puppets.open());
    show.#file = await program.driver.puppetFile();
    try {
      await play(show);
    } finally {
      show.#puppets.close();
      for (const sleep of show.sleeps) sleep.end();
      // A program that has died needs no clearing.
      await program.driver.clear().catch(() => {});
    }
  }

  /** A program that comes to the suite and does what it is told. */
  get puppet(): Lab.Program {
    return { command: process.execPath, args: [this.#file, String(this.#puppets.port), 'program'] };
  }

  get started(): readonly Puppet[] {
    return this.#puppets.started;
  }

  get helpers(): readonly Puppet[] {
    return this.#puppets.helpers;
  }

  get isSettled(): boolean {
    return this.#now !== undefined && this.#now.outcome.kind !== 'pending';
  }

  /** Children that run now, as Node knows it: one that is being started has not come to the suite yet. */
  get alive(): number {
    return this.#now?.alive ?? 0;
  }

  /** Children whose end Node has told the program of. */
  get exited(): number {
    return this.#now?.exited ?? 0;
  }

  async run(program: Lab.Program = this.puppet): Promise<void> {
    await this.program.driver.beginRun(program);
  }

  async supervise(
    { restarts = 5, pauseMs = 100, graceMs = 1_000, isStopped = false } = {},
    program: Lab.Program = this.puppet,
  ): Promise<void> {
    const sleep = (ms: unknown) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.sleeps.push({ ms, end: resolve });
      return promise;
    };
    await this.program.driver.beginSupervise(program, { restarts, pauseMs, graceMs }, isStopped, sleep);
  }

  /** Lets the program's loop turn, so that what is about to happen happens. */
  async turns(count = 10): Promise<void> {
    for (let turn = 0; turn < count; turn += 1) this.#now = await this.program.driver.turn();
  }

  /**
   * Waits for something, as long as it may still come.
   * @param patience turns without news after which it will not, at least
   * @returns whether it came
   */
  async until(isSo: () => boolean, patience = quietTurns): Promise<boolean> {
    let last = '';
    for (let quiet = 0; quiet < Math.max(patience, this.#patience()); quiet += 1) {
      await this.turns(1);
      if (isSo()) return true;
      const news = [this.#puppets.news, this.sleeps.length, this.#now?.alive, this.exited, this.isSettled].join();
      if (news !== last) quiet = 0;
      last = news;
    }
    return false;
  }

  #patience(): number {
    const { alive = 0, hasTimers = false } = this.#now ?? {};
    const there = this.started.filter(({ isGone }) => !isGone);
    const isAtWork = alive !== there.length || this.#puppets.all.some(({ isBusy, isThere }) => isBusy || !isThere);
    return isAtWork ? quietTurnsAtWork : hasTimers ? quietTurnsWithTimers : quietTurns;
  }

  /** The next puppet, which is the `count`th. */
  async puppetNumber(count: number, look: string): Promise<Puppet> {
    // A program that starts it in a thread has no child that Node would tell of here.
    await this.until(() => this.started.length >= count || this.isSettled, quietTurnsAtWork);
    const puppet = this.started[count - 1];
    if (!puppet) this.notRejected();
    check(puppet !== undefined, () => ({
      expected: count === 1 ? 'the program to be started' : `the program to be started for the ${ordinal(count)} time`,
      happened: `It was ${this.started.length === 0 ? 'never started' : `started ${times(this.started.length)}`}, and ${this.isSettled ? `the promise resolved with ${show(this.#value)}` : 'nothing happened any more'}.`,
      look,
    }));
    return puppet;
  }

  /** Waits until a puppet is gone and the program has been told so. */
  async gone(puppet: Puppet): Promise<void> {
    const count = this.started.indexOf(puppet) + 1;
    await this.until(() => puppet.isGone && this.exited >= count);
  }

  notRejected(): void {
    const outcome = this.#now?.outcome;
    check(outcome?.kind !== 'rejected', () => ({
      expected: 'a promise that resolves, whatever becomes of the program',
      happened: `It rejected with ${show(outcome?.kind === 'rejected' && outcome.error)}.`,
      look: 'what throws or rejects. How a program ended is a result here, not a failure.',
    }));
  }

  get #value(): unknown {
    const outcome = this.#now?.outcome;
    return outcome?.kind === 'resolved' ? outcome.value : undefined;
  }

  /** Demands that the promise resolves. */
  async value(whose: string, look: string): Promise<unknown> {
    await this.until(() => this.isSettled, quietTurnsAtWork);
    this.notRejected();
    check(this.isSettled, {
      expected: `the promise to settle for ${whose}`,
      happened: 'It was still pending when nothing happened any more that could settle it.',
      look,
    });
    return this.#value;
  }
}

export function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

export function ordinal(count: number): string {
  return ['first', 'second', 'third', 'fourth', 'fifth'][count - 1] ?? `${count}th`;
}

/** A value as a learner would write it, on one line. */
export function show(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return inspect(value, { depth: 4, breakLength: Infinity, maxStringLength: 60, maxArrayLength: 10 });
}
