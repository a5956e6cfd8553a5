// Ends its children with SIGKILL, which asks nobody: nothing was under way any more. One promise per child says that it is gone.
import { fork, type ChildProcess } from 'node:child_process';

type Waiting = Map<number, { resolve(value: unknown): void; reject(error: Error): void }>;
type Member = { child: ChildProcess; waiting: Waiting; gone: Promise<void> };

export function openPool(file: URL, size: number) {
  const members: Member[] = [];
  const promises = new Set<Promise<unknown>>();
  let isClosed = false;
  let id = 0;

  function join(): Member {
    const child = fork(file, { serialization: 'advanced' });
    const waiting: Waiting = new Map();
    const gone = new Promise<void>((resolve) => {
      child.on('exit', (code, signal) => {
        members.splice(
          members.findIndex((member) => member.child === child),
          1,
        );
        for (const { reject } of waiting.values()) reject(new Error(`A child is gone: ${signal ?? code}`));
        resolve();
      });
    });
    child.on('message', (message: { id: number; answer: unknown; error?: Error }) => {
      const entry = waiting.get(message.id);
      if (!waiting.delete(message.id)) return;
      if (message.error) entry?.reject(message.error);
      else entry?.resolve(message.answer);
    });
    child.on('error', () => {});
    const member = { child, waiting, gone };
    members.push(member);
    return member;
  }

  function ask(question: unknown): Promise<unknown> {
    const promise = new Promise((resolve, reject) => {
      if (isClosed) throw new Error('closed');
      while (members.length < size) join();
      const least = Math.min(...members.map(({ waiting }) => waiting.size));
      const { child, waiting } = members.find((member) => member.waiting.size === least) ?? join();
      id += 1;
      child.send({ id, question });
      waiting.set(id, { resolve, reject });
    });
    promises.add(promise);
    promise.catch(() => {}).finally(() => promises.delete(promise));
    return promise;
  }

  async function close(): Promise<void> {
    isClosed = true;
    while (promises.size > 0) await Promise.allSettled(promises);
    const left = [...members];
    for (const { child } of left) child.kill('SIGKILL');
    await Promise.all(left.map(({ gone }) => gone));
  }

  return { ask, close };
}
