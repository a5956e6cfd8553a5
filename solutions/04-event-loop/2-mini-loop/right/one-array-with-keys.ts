// Everything that waits stands in one array, and the next to run is the one with the smallest key: round, phase, time,
// order of setting. What runs behind a callback has keys below those of all phases.
type Callback = () => void;

interface Entry {
  readonly fn: Callback;
  readonly kind: 'tick' | 'microtask' | 'timer' | 'read' | 'immediate';
  readonly at: number;
  readonly order: number;
  /** for immediates: the round in which they run at the earliest */
  readonly round: number;
}

const phases = ['timer', 'read', 'immediate'] as const;

export class MiniLoop {
  now = 0;
  #waiting: Entry[] = [];
  #order = 0;
  #round = 0;
  #phase: number = phases.length - 1;
  #begin = 0;
  /** the queue that is being emptied behind a callback */
  #behind: 'tick' | 'microtask' = 'tick';

  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  nextTick(fn: Callback) {
    this.#add(fn, 'tick', 0);
  }

  queueMicrotask(fn: Callback) {
    this.#add(fn, 'microtask', 0);
  }

  setTimeout(fn: Callback, ms: number) {
    return this.#add(fn, 'timer', this.now + Math.max(1, ms));
  }

  clearTimeout(order: number) {
    this.#waiting = this.#waiting.filter((entry) => entry.order !== order);
  }

  setImmediate(fn: Callback) {
    this.#add(fn, 'immediate', 0);
  }

  read(ms: number, fn: Callback) {
    this.#add(fn, 'read', this.now + ms);
  }

  block(ms: number) {
    this.now += ms;
  }

  run(main: Callback) {
    for (let fn: Callback | undefined = main; fn; fn = this.#next()) {
      try {
        fn();
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  #add(fn: Callback, kind: Entry['kind'], at: number): number {
    const round = phases[this.#phase] === 'immediate' ? this.#round + 1 : this.#round;
    const order = ++this.#order;
    this.#waiting.push({ fn, kind, at, order, round });
    this.#waiting.sort((a, b) => a.at - b.at || a.order - b.order);
    return order;
  }

  #take(isNext: (entry: Entry) => boolean): Callback | undefined {
    const entry = this.#waiting.find(isNext);
    if (entry) this.clearTimeout(entry.order);
    return entry?.fn;
  }

  #next(): Callback | undefined {
    const behind = this.#take(({ kind }) => kind === this.#behind);
    if (behind) return behind;
    this.#behind = this.#behind === 'tick' ? 'microtask' : 'tick';
    const other = this.#take(({ kind }) => kind === this.#behind);
    if (other) return other;
    this.#behind = 'tick';
    return this.#nextOfPhase();
  }

  #nextOfPhase(): Callback | undefined {
    while (this.#waiting.length > 0) {
      const phase = phases[this.#phase];
      const fn = this.#take(
        ({ kind, at, round }) => kind === phase && (kind === 'immediate' ? round <= this.#round : at <= this.#begin),
      );
      if (fn) return fn;
      this.#enterNextPhase();
    }
    return undefined;
  }

  #enterNextPhase(): void {
    this.#phase = (this.#phase + 1) % phases.length;
    if (this.#phase === 0) this.#round += 1;
    const next = this.#waiting.find(({ at }) => at > 0);
    const hasImmediate = this.#waiting.some(({ kind }) => kind === 'immediate');
    if (phases[this.#phase] === 'read' && next && !hasImmediate) this.now = Math.max(this.now, next.at);
    this.#begin = this.now;
  }
}
