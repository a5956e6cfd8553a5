// The bridge between a function that blocks and an event loop that must not wait for it.

type Library = Record<string, (...args: unknown[]) => unknown>;

/**
 * Calls a function that blocks, while the event loop goes on.
 * @param module what import() takes: `node:crypto`, or the address of a file
 * @param name of the function among the module's exports
 * @param signal stops the call when it is aborted
 * @returns a promise of what the function returns
 */
export async function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  // "async" is written in front of it, and the call stands behind an "await". Who runs the function?
  signal?.throwIfAborted();
  const library = (await import(module)) as Library;
  return library[name]!(...args);
}
