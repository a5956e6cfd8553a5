// The result waits in a port of its own, which nobody reads before the thread has ended by itself.
import { addAbortListener } from 'node:events';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';

export function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  return call();
  async function call(): Promise<unknown> {
    signal?.throwIfAborted();
    const { port1, port2 } = new MessageChannel();
    const failures: { error: unknown }[] = [];
    try {
      const thread = new Worker(new URL('./thread.ts', import.meta.url), {
        workerData: { module, name, args, port: port2 },
        transferList: [port2],
      });
      thread.on('error', (error) => failures.push({ error }));
      thread.on('messageerror', (error) => failures.push({ error }));
      const gone = Promise.withResolvers<void>();
      thread.on('exit', () => gone.resolve());
      const listener =
        signal &&
        addAbortListener(signal, () => {
          failures.unshift({ error: signal.reason });
          void thread.terminate();
        });
      await gone.promise;
      listener?.[Symbol.dispose]();
      const [failure] = failures;
      if (failure) throw failure.error;
      const letter = receiveMessageOnPort(port1);
      if (!letter) throw new Error('no result');
      return letter.message[0];
    } finally {
      port1.close();
      port2.close();
    }
  }
}
