// The thread catches by itself and sends what was thrown through a port of its own, with the properties beside it.
import { MessageChannel, Worker } from 'node:worker_threads';

type Answer = { kind: 'returned'; value: unknown } | { kind: 'threw'; error: unknown; more: object };

export async function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  if (signal?.aborted) throw signal.reason;
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: { module, name, args, port: port2 },
    transferList: [port2],
  });
  const listening = new AbortController();
  const answer = await new Promise<Answer>((resolve) => {
    const threw = (error: unknown, more: object = {}) => resolve({ kind: 'threw', error, more });
    port1.on('message', resolve);
    worker.on('error', threw);
    // The port may still hold a message.
    worker.on('exit', () => setImmediate(() => threw(new Error('The thread said nothing.'))));
    signal?.addEventListener('abort', () => threw(signal.reason), { signal: listening.signal });
  });
  listening.abort();
  port1.close();
  await worker.terminate();
  if (answer.kind === 'returned') return answer.value;
  throw answer.error instanceof Error ? Object.assign(answer.error, answer.more) : answer.error;
}
