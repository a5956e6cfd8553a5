// Strange, and correct: each question has an event of its own, whose name is its number; the end of a child is another one.
import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';

type Message = { id: number; answer?: unknown; error?: Error };

export function openPool(file: URL, size: number) {
  const bus = new EventEmitter().setMaxListeners(0);
  const loads = new Map<ChildProcess, number>();
  let questions = 0;
  const underWay = new Set<number>();
  let isClosed = false;

  // All of them at once; one that is gone is replaced when somebody asks.
  for (let index = 0; index < size; index++) start();

  function start() {
    const child = fork(file, { serialization: 'advanced' });
    loads.set(child, 0);
    child.on('message', (message: Message) => bus.emit(`answer ${message.id}`, message));
    child.once('close', (code, signal) => {
      loads.delete(child);
      child.emit('over', code ?? signal);
    });
    child.on('error', () => {});
    return child;
  }

  return {
    async ask(question: unknown) {
      if (isClosed) throw new Error('closed');
      while (loads.size < size) start();
      const [[child, load] = [start(), 0]] = [...loads].sort(([, one], [, other]) => one - other);
      const id = questions++;
      // With a callback, for else it would be an "error", for which `once` rejects; "over" comes behind it and says more.
      child.send({ id, question }, () => {});
      loads.set(child, load + 1);
      underWay.add(id);
      const done = new AbortController();
      const { signal } = done;
      const first = Promise.race([
        once(bus, `answer ${id}`, { signal }).then(([message]) => message as Message),
        once(child, 'over', { signal }).then(([how]) => ({
          error: new Error(`It is gone: ${how}.`),
          answer: undefined,
        })),
      ]);
      const { error, answer } = await first;
      done.abort();
      underWay.delete(id);
      if (loads.has(child)) loads.set(child, loads.get(child)! - 1);
      bus.emit('settled');
      if (error) throw error;
      return answer;
    },
    async close() {
      isClosed = true;
      while (underWay.size > 0) await once(bus, 'settled');
      await Promise.all(
        [...loads.keys()].map((child) => {
          const over = once(child, 'over');
          child.kill('SIGTERM');
          return over;
        }),
      );
    },
  };
}
