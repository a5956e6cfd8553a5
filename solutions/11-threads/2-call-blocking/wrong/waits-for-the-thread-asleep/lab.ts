// caught by "the loop goes on while the function blocks": The main thread slept in Atomics.wait
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';

export async function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  signal?.throwIfAborted();
  const { port1, port2 } = new MessageChannel();
  const done = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { module, name, args, port: port2, done };
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData, transferList: [port2] });
  Atomics.wait(done, 0, 0);
  const answer = receiveMessageOnPort(port1)?.message as { result: unknown } | { error: unknown };
  await worker.terminate();
  if ('error' in answer) throw answer.error;
  return answer.result;
}
