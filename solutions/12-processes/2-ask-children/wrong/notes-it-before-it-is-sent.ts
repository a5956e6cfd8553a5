// caught by "a question that cannot be sent fails alone": is with nobody
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface Question {
  readonly id: number;
  readonly question: unknown;
}

export type Answer = { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly error: Error };

export interface Pool {
  ask(question: unknown): Promise<unknown>;
  close(): Promise<void>;
}

interface Respondent {
  readonly child: ChildProcess;
  readonly waiting: Map<number, PromiseWithResolvers<unknown>>;
}

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
    child.on('close', (code, signal) => {
      respondents.delete(respondent);
      for (const { reject } of waiting.values())
        reject(new Error(`The child ended with ${signal ?? `exit code ${code}`}.`));
    });
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
      const promise = Promise.withResolvers<unknown>();
      waiting.set(id, promise);
      child.send({ id, question } satisfies Question);
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
