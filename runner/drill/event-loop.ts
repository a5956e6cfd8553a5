// A model of Node's event loop: its queues and phases, and the freedom that it has. Where the real loop may go on in one of
// several ways (is a timer due already? has the disk answered?), the model asks `choose`; whoever walks through all
// answers (schedules.ts) sees every order in which a program can run. It knows nothing of programs and of promises.

export type TaskKind = 'script' | 'nextTick' | 'microtask' | 'timer' | 'immediate' | 'io';

/** One callback that the loop runs. */
export interface Task<Origin> {
  readonly id: number;
  readonly kind: TaskKind;
  /** what it is run for */
  readonly origin: Origin;
  /** the task that put it into its queue (timers and I/O: that started it); the script has none */
  readonly queuedBy: Task<Origin> | undefined;
  /** its place in the order in which tasks began */
  readonly begin: number;
}

/** What is to be run: it does its work at once. */
type Work = () => void;

interface Waiting<Origin> {
  readonly kind: TaskKind;
  readonly origin: Origin;
  readonly queuedBy: Task<Origin>;
  readonly work: Work;
}

interface Timer<Origin> extends Waiting<Origin> {
  readonly ms: number;
  /** timers that surely run before it */
  readonly behind: ReadonlySet<Timer<Origin>>;
}

/** @returns one of 0 to count - 1 */
export type Choose = (count: number) => number;

export class EventLoop<Origin> {
  readonly #choose: Choose;
  readonly #ticks: Waiting<Origin>[] = [];
  readonly #microtasks: Waiting<Origin>[] = [];
  readonly #timers = new Set<Timer<Origin>>();
  readonly #readings = new Set<Waiting<Origin>>();
  #immediates: Waiting<Origin>[] = [];
  #begun = 0;
  #current: Task<Origin> | undefined;

  constructor(choose: Choose) {
    this.#choose = choose;
  }

  /** The task that runs now. */
  get current(): Task<Origin> {
    if (!this.#current) throw new Error('nothing runs');
    return this.#current;
  }

  nextTick(origin: Origin, work: Work): void {
    this.#ticks.push(this.#waiting('nextTick', origin, work));
  }

  microtask(origin: Origin, work: Work): void {
    this.#microtasks.push(this.#waiting('microtask', origin, work));
  }

  setImmediate(origin: Origin, work: Work): void {
    this.#immediates.push(this.#waiting('immediate', origin, work));
  }

  /**
   * Node takes the time at which a timer was set at that very moment, so of two timers the later one may be due first only
   * when it is the shorter one; and whether it is, depends on how long the program was kept from running in between.
   * Timers of the same length lie in one list, in the order in which they were set. When the loop comes to a list, it runs
   * all that are due there before it looks at another list: so a longer timer is surely behind a shorter one that was set
   * before it, unless a still earlier timer of the longer list could draw it along.
   */
  setTimeout(origin: Origin, ms: number, work: Work): void {
    const older = [...this.#timers];
    const list = older.findIndex((timer) => timer.ms === ms);
    const behind = older.filter((timer, index) => timer.ms === ms || (timer.ms < ms && (list < 0 || index < list)));
    this.#timers.add({ ...this.#waiting('timer', origin, work), ms, behind: new Set(behind) });
  }

  /**
   * Asks the system for something. Reading a file may take several trips through the loop (open, stat, read, close) or a
   * single one: Node 24 does the one and Node 26 the other. So nothing is sure of it but that it comes in the poll phase.
   */
  startReading(origin: Origin, work: Work): void {
    this.#readings.add(this.#waiting('io', origin, work));
  }

  /** Runs a main script and all that comes of it. */
  run(origin: Origin, format: 'cjs' | 'esm', script: Work): void {
    this.#call({ kind: 'script', origin, queuedBy: undefined, work: script });
    // An ES module's main script is run by a microtask, and that queue is emptied before any other is looked at.
    if (format === 'esm') this.#emptyMicrotasks();
    this.#emptyQueues();
    while (this.#timers.size + this.#readings.size + this.#immediates.length > 0) {
      const begun = this.#begun;
      this.#runTimers();
      this.#poll(begun !== this.#begun);
      this.#check();
    }
  }

  /** Some that are due, then on. Where nothing else could happen, the loop waits for the first one. */
  #runTimers(): void {
    while (this.#timers.size > 0) {
      const due = [...this.#timers].filter(({ behind }) => [...behind].every((other) => !this.#timers.has(other)));
      const canGoOn = this.#readings.size + this.#immediates.length > 0;
      const timer = due[this.#choose(due.length + (canGoOn ? 1 : 0))];
      if (!timer) return;
      this.#timers.delete(timer);
      this.#call(timer);
      this.#emptyQueues();
    }
  }

  /** What has come in. Where nothing else could happen, the loop waits for it. */
  #poll(hasMoved: boolean): void {
    let mustWait = !hasMoved && this.#immediates.length === 0;
    while (this.#readings.size > 0) {
      const reading = [...this.#readings][this.#choose(this.#readings.size + (mustWait ? 0 : 1))];
      if (!reading) return;
      mustWait = false;
      this.#readings.delete(reading);
      this.#call(reading);
      this.#emptyQueues();
    }
  }

  /** Those that are there now; what they add waits for the next time. */
  #check(): void {
    const now = this.#immediates;
    this.#immediates = [];
    for (const immediate of now) {
      this.#call(immediate);
      this.#emptyQueues();
    }
  }

  /** Behind each callback: all of nextTick, then all microtasks, and again until both are empty. */
  #emptyQueues(): void {
    while (this.#ticks.length + this.#microtasks.length > 0) {
      for (let tick = this.#ticks.shift(); tick; tick = this.#ticks.shift()) this.#call(tick);
      this.#emptyMicrotasks();
    }
  }

  #emptyMicrotasks(): void {
    for (let job = this.#microtasks.shift(); job; job = this.#microtasks.shift()) this.#call(job);
  }

  #call({ kind, origin, queuedBy, work }: Omit<Waiting<Origin>, 'queuedBy'> & { queuedBy: Task<Origin> | undefined }) {
    const id = this.#begun++;
    this.#current = { id, kind, origin, queuedBy, begin: id };
    work();
  }

  #waiting(kind: TaskKind, origin: Origin, work: Work): Waiting<Origin> {
    return { kind, origin, queuedBy: this.current, work };
  }
}
