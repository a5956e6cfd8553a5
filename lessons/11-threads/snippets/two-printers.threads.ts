import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export async function printTogether(print: Print): Promise<void> {
  const threads = ['12345', 'abcde'].map(startPrinter);
  for (const thread of threads) thread.on('message', print);
  await Promise.all(threads.map((thread) => once(thread, 'exit')));
}

function startPrinter(text: string): Worker {
  const file = new URL('./printer.worker.ts', import.meta.url);
  return new Worker(file, { workerData: text });
}

type Print = (character: string) => void;
