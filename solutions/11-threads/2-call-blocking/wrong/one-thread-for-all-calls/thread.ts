// The thread of this mistake.
import { parentPort } from 'node:worker_threads';

type Library = Record<string, (...args: unknown[]) => unknown>;

parentPort?.on('message', async ({ id, module, name, args }) => {
  try {
    const library = (await import(module)) as Library;
    parentPort?.postMessage({ id, result: library[name]!(...args) });
  } catch (error) {
    parentPort?.postMessage({ id, error });
  }
});
