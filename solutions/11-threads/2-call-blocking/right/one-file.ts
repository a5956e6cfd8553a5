// One file for both sides, and no try: the thread leaves by itself, and "exit" is the only event that settles.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

type Told = { module: string; name: string; args: readonly unknown[] };
type Library = Record<string, (...args: unknown[]) => unknown>;

if (!isMainThread) {
  const { module, name, args } = workerData as Told;
  const library = (await import(module)) as Library;
  parentPort?.postMessage([library[name]!(...args)]);
  process.exit();
}

export function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const worker = new Worker(new URL(import.meta.url), { workerData: { module, name, args } });
    const stop = () => void worker.terminate();
    let results: [] | [unknown] = [];
    let failures: [] | [unknown] = [];
    signal?.addEventListener('abort', stop);
    worker.on('message', (message) => (results = message));
    worker.on('error', (error) => (failures = [error]));
    worker.on('exit', () => {
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted) reject(signal.reason);
      else if (failures.length > 0) reject(failures[0]);
      else if (results.length > 0) resolve(results[0]);
      else reject(new Error('the thread had nothing to say'));
    });
  });
}
