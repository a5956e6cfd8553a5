// A few children that answer questions, and a parent that outlives them.
import { fork } from 'node:child_process';
import { once } from 'node:events';

/** What a child is sent. */
export interface Question {
  /** comes back with the answer */
  readonly id: number;
  readonly question: unknown;
}

/** What a child sends, in any order. */
export type Answer = { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly error: Error };

export interface Pool {
  /** Asks one of the children. Resolves with its answer; rejects with its error, or when the child has ended. */
  ask(question: unknown): Promise<unknown>;
  /** Waits for what is under way, then ends the children. Resolves when they are gone. */
  close(): Promise<void>;
}

/** Opens a pool of at most `size` children, each of which runs `file`. */
export function openPool(file: URL, size: number): Pool {
  const children = Array.from({ length: size }, () => fork(file));
  let count = 0;
  return {
    async ask(question) {
      const id = count++;
      const child = children[id % size]!;
      child.send({ id, question } satisfies Question);
      // The next message is the answer. Is it? And is there always one?
      const [message] = (await once(child, 'message')) as [Answer];
      if ('error' in message) throw message.error;
      return message.answer;
    },
    async close() {
      for (const child of children) child.disconnect();
    },
  };
}
