// caught by "what the function threw comes out": nobody listened for the "error" event
import { Worker } from 'node:worker_threads';

export function callBlocking(module: string, name: string, args: readonly unknown[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    try {
      const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: { module, name, args } });
      worker.on('message', resolve);
    } catch (error) {
      reject(error as Error);
    }
  });
}
