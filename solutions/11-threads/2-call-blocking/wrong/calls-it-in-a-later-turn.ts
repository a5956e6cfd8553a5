// caught by "the loop goes on while the function blocks": It was called on a main thread
type Library = Record<string, (...args: unknown[]) => unknown>;

export async function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  signal?.throwIfAborted();
  const library = (await import(module)) as Library;
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(library[name]!(...args));
      } catch (error) {
        reject(error as Error);
      }
    });
  });
}
