// caught by "the loop goes on while the function blocks": It was called on a main thread
import { promisify } from 'node:util';

type Library = Record<string, (...args: unknown[]) => unknown>;

export async function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  signal?.throwIfAborted();
  const library = (await import(module)) as Library;
  return promisify((...all: unknown[]) => {
    const callback = all.pop() as (error: unknown, result?: unknown) => void;
    try {
      callback(null, library[name]!(...all));
    } catch (error) {
      callback(error);
    }
  })(...(args as []));
}
