// Tasks that ask again and again by a timer, seen from the choices that were taken.
import type { Choice, Turn } from './pending.ts';

/** How often each task was let go on by the same timer in a row. */
export class VainRounds {
  readonly #last = new Map<number, { readonly signature: string; readonly count: number }>();

  /** @returns the most of the tasks that the turn lets go on */
  after(turn: Turn): number {
    let most = 0;
    for (const choice of turn) {
      const signature = signatureOf(choice);
      const isTimer = choice.kind === 'sleep' || choice.kind === 'timeout';
      const last = this.#last.get(choice.task);
      const count = isTimer ? (last?.signature === signature ? last.count + 1 : 1) : 0;
      this.#last.set(choice.task, { signature, count });
      most = Math.max(most, count);
    }
    return most;
  }
}

/** The same for choices that nobody could tell from each other. */
export function signatureOf(choice: Choice): string {
  if (choice.kind === 'start') return `start ${choice.task}`;
  return `${choice.kind} ${choice.task} ${choice.operation} ${choice.ms}`;
}
