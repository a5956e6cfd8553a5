// The thread of this mistake.
// thread, and its Worker hears of it.
import { parentPort, workerData } from 'node:worker_threads';

type Library = Record<string, (...args: unknown[]) => unknown>;

const { module, name, args, signal } = workerData as {
  module: string;
  name: string;
  args: unknown[];
  signal?: AbortSignal;
};
signal?.addEventListener('abort', () => process.exit());
const library = (await import(module)) as Library;
parentPort?.postMessage(library[name]!(...args));
