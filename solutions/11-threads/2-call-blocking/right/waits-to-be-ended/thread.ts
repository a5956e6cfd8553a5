import { parentPort, receiveMessageOnPort } from 'node:worker_threads';

export type Call = readonly [module: string, name: string, args: readonly unknown[]];

/** Takes its order from the letter box, answers, and sleeps until it is shot. */
export async function work(): Promise<void> {
  const asleep = new Int32Array(new SharedArrayBuffer(4));
  let letter;
  while (!(letter = receiveMessageOnPort(parentPort!))) Atomics.wait(asleep, 0, 0, 1);
  const [module, name, args] = letter.message as Call;
  let answer: { value?: unknown; thrown?: unknown; properties?: object };
  try {
    const library = (await import(module)) as Record<string, (...args: unknown[]) => unknown>;
    answer = { value: library[name]!(...args) };
  } catch (error) {
    answer = { thrown: error, properties: error instanceof Error ? { ...(error as object), name: error.name } : {} };
  }
  try {
    parentPort!.postMessage(answer);
  } catch (error) {
    parentPort!.postMessage({ thrown: new Error(String(error)), properties: {} });
  }
  Atomics.wait(asleep, 0, 0);
}
