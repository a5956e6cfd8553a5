// The thread of this mistake.
import { workerData, type MessagePort } from 'node:worker_threads';

type Library = Record<string, (...args: unknown[]) => unknown>;

const { module, name, args, port, done } = workerData as {
  module: string;
  name: string;
  args: unknown[];
  port: MessagePort;
  done: Int32Array;
};
try {
  const library = (await import(module)) as Library;
  port.postMessage({ result: library[name]!(...args) });
} catch (error) {
  port.postMessage({ error });
}
Atomics.store(done, 0, 1);
Atomics.notify(done, 0);
