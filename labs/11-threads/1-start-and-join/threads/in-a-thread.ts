// What the files of this folder have in common: each is for a thread of its own, and most of them answer.
import { isMainThread, parentPort, workerData } from 'node:worker_threads';

if (isMainThread) throw new Error('this file is for a thread of its own, and was run on the main thread');
if (workerData === null || workerData === undefined) throw new Error('this thread found no data in its workerData');

/** Sends the thread's answer to whoever started it. */
export function answer(value: unknown): void {
  parentPort?.postMessage(value);
}
