// Says how the call ended, whichever way.
import { workerData, type MessagePort } from 'node:worker_threads';

type Library = Record<string, (...args: unknown[]) => unknown>;

const { module, name, args, port } = workerData as {
  module: string;
  name: string;
  args: unknown[];
  port: MessagePort;
};

try {
  const library = (await import(module)) as Library;
  port.postMessage({ kind: 'returned', value: library[name]!(...args) });
} catch (error) {
  const more = Object.fromEntries(Object.entries(Object(error) as object));
  port.postMessage({ kind: 'threw', error, more });
}
