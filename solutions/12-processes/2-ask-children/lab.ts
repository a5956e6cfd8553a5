// A few children that answer questions, and a parent that outlives them.
import { fork, type ChildProcess } from 'node:child_process';
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

/** A child, and the promises that wait for it, by the numbers of their questions. */
interface Respondent {
  readonly child: ChildProcess;
  readonly waiting: Map<number, PromiseWithResolvers<unknown>>;
}

/** Opens a pool of at most `size` children, each of which runs `file`. */
export function openPool(file: URL, size: number): Pool {
  const respondents = new Set<Respondent>();
  let count = 0;
  let isClosed = false;

  function start(): Respondent {
    const respondent: Respondent = { child: fork(file, { serialization: 'advanced' }), waiting: new Map() };
    const { child, waiting } = respondent;
    respondents.add(respondent);
    child.on('message', (message: Answer) => {
      const promise = waiting.get(message.id);
      waiting.delete(message.id);
      if ('error' in message) promise?.reject(message.error);
      else promise?.resolve(message.answer);
    });
    // Not "exit": what the child said last has been heard by then.
    child.on('close', (code, signal) => {
      respondents.delete(respondent);
      for (const { reject } of waiting.values())
        reject(new Error(`The child ended with ${signal ?? `exit code ${code}`}.`));
    });
    // What could not be sent fails when the child closes.
    child.on('error', () => {});
    return respondent;
  }

  function leastBusy(): Respondent {
    const [first, ...others] = respondents;
    if (first === undefined || respondents.size < size) return start();
    return others.reduce((least, other) => (other.waiting.size < least.waiting.size ? other : least), first);
  }

  return {
    async ask(question) {
      if (isClosed) throw new Error('The pool is closed.');
      const { child, waiting } = leastBusy();
      const id = count++;
      // Before anything is noted: it throws what it cannot clone.
      child.send({ id, question } satisfies Question);
      const promise = Promise.withResolvers<unknown>();
      waiting.set(id, promise);
      return promise.promise;
    },
    async close() {
      isClosed = true;
      const underWay = [...respondents].flatMap(({ waiting }) => [...waiting.values()]);
      await Promise.allSettled(underWay.map(({ promise }) => promise));
      const gone = [...respondents].map(({ child }) => once(child, 'close'));
      for (const { child } of respondents) child.kill();
      await Promise.all(gone);
    },
  };
}
