// Who sleeps in Atomics.wait, in the order in which they fell asleep; each different queue has a number.

export interface Waiter {
  readonly thread: number;
  /** bytes from the beginning of memory */
  readonly address: number;
  /** whether its wait ends by itself one day */
  readonly isTimed: boolean;
}

export class Waiters {
  readonly #queues: (readonly Waiter[])[] = [[]];
  readonly #numbers = new Map<string, number>([['', 0]]);
  /** for each queue a bit for each thread that is in it */
  readonly #sleeping: number[] = [0];

  /** @param queue 0: nobody sleeps */
  at(queue: number): readonly Waiter[] {
    return this.#queues[queue] ?? [];
  }

  sleeps(queue: number, thread: number): boolean {
    return (((this.#sleeping[queue] ?? 0) >>> thread) & 1) === 1;
  }

  with(queue: number, waiter: Waiter): number {
    return this.#number([...this.at(queue), waiter]);
  }

  without(queue: number, threads: readonly number[]): number {
    return this.#number(this.at(queue).filter(({ thread }) => !threads.includes(thread)));
  }

  #number(queue: readonly Waiter[]): number {
    const key = queue.map(({ thread, address, isTimed }) => `${thread} ${address} ${isTimed}`).join();
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#queues.length);
    this.#sleeping.push(queue.reduce((bits, { thread }) => bits | (1 << thread), 0));
    return this.#queues.push(queue) - 1;
  }
}
