// The thread of this mistake.
// thread, and its Worker hears of it.
import { parentPort, workerData } from 'node:worker_threads';

type Library = Record<string, (...args: unknown[]) => unknown>;

export async function run() {
  const { module, name, args } = workerData as { module: string; name: string; args: unknown[] };
  const library = (await import(module)) as Library;
  parentPort?.postMessage(library[name]!(...args));
}
