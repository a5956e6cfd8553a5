// For the thread in which the function may block as long as it likes. What is thrown here, on purpose or not, ends the
// thread, and its Worker hears of it.
import { parentPort, workerData } from 'node:worker_threads';

/** What the thread needs to know. */
export interface Call {
  readonly module: string;
  readonly name: string;
  readonly args: readonly unknown[];
}

type Library = Record<string, (...args: unknown[]) => unknown>;

const { module, name, args } = workerData as Call;
const library = (await import(module)) as Library;
parentPort?.postMessage(library[name]!(...args));
