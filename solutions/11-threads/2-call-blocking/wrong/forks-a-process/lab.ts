// caught by "the loop goes on while the function blocks": a process has a main thread again
import { fork } from 'node:child_process';

export async function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  signal?.throwIfAborted();
  const child = fork(new URL('./thread.ts', import.meta.url), { serialization: 'advanced' });
  child.send({ module, name, args });
  return new Promise((resolve, reject) => {
    child.once('message', ({ result, error }: { result?: unknown; error?: unknown }) => {
      child.kill();
      if (error) reject(error);
      else resolve(result);
    });
  });
}
