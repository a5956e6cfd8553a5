// The lock that the threads of lab 13.2 take turns with: tickets, as at the baker's. (Who has solved lab 13.1 has one of their
// own.) Nothing that the learner writes touches its memory.

const [nextTicket, nowServing] = [0, 1];

export const turnsWords = 2;

export interface Turns {
  acquire(): void;
  release(): void;
  /** whether this thread holds the lock */
  isHeld(): boolean;
}

/** One thread's handle. */
export function turnsOf(memory: Int32Array): Turns {
  let isHeld = false;
  return {
    acquire: () => {
      const ticket = Atomics.add(memory, nextTicket, 1);
      for (let turn = 0; (turn = Atomics.load(memory, nowServing)) !== ticket;) Atomics.wait(memory, nowServing, turn);
      isHeld = true;
    },
    release: () => {
      if (!isHeld) throw new Error('the lock was given back by a thread that does not hold it');
      isHeld = false;
      Atomics.add(memory, nowServing, 1);
      Atomics.notify(memory, nowServing);
    },
    isHeld: () => isHeld,
  };
}

/** Whether somebody waits for the lock while it is held. */
export function isWaitedFor(memory: Int32Array): boolean {
  return Atomics.load(memory, nextTicket) - Atomics.load(memory, nowServing) > 1;
}
