// caught by "the loop goes on while the function blocks": "async", "await", a promise and a timer only say when
type Library = Record<string, (...args: unknown[]) => unknown>;

export async function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  signal?.throwIfAborted();
  const library = (await import(module)) as Library;
  return await library[name]!(...args);
}
