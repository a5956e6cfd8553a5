// One Map for the whole pool. Who holds a question stands in its entry, so load and loss are counted from there.
import { fork, type ChildProcess } from 'node:child_process';

type Message = { id: number; answer?: unknown; error?: Error };
type Entry = { child: ChildProcess; resolve: (value: unknown) => void; reject: (error: Error) => void };

export function openPool(file: URL, size: number) {
  const underWay = new Map<number, Entry>();
  let children: ChildProcess[] = [];
  let lastId = 0;
  let whenClosed: (() => void) | undefined;

  const load = (child: ChildProcess) => [...underWay.values()].filter((entry) => entry.child === child).length;

  function start(): ChildProcess {
    const child = fork(file, [], { serialization: 'advanced' });
    children.push(child);
    child.on('message', (message) => {
      const { id, answer, error } = message as Message;
      const entry = underWay.get(id);
      underWay.delete(id);
      if (error) entry?.reject(error);
      else entry?.resolve(answer);
      finish();
    });
    child.on('error', () => {});
    child.on('exit', (code, signal) => {
      children = children.filter((other) => other !== child);
      for (const [id, entry] of underWay) {
        if (entry.child !== child) continue;
        underWay.delete(id);
        entry.reject(new Error(`ended, code ${code}, signal ${signal}`));
      }
      finish();
    });
    return child;
  }

  function finish() {
    if (!whenClosed || underWay.size > 0) return;
    if (children.length === 0) whenClosed();
    for (const child of children) child.kill();
  }

  return {
    ask(question: unknown) {
      return new Promise((resolve, reject) => {
        if (whenClosed) throw new Error('closed');
        const child = children.length < size ? start() : children.toSorted((a, b) => load(a) - load(b))[0]!;
        const id = ++lastId;
        child.send({ id, question });
        underWay.set(id, { child, resolve, reject });
      });
    },
    close() {
      return new Promise<void>((resolve) => {
        whenClosed = resolve;
        finish();
      });
    },
  };
}
