// The thread of this mistake.
type Library = Record<string, (...args: unknown[]) => unknown>;

process.once('message', async ({ module, name, args }: { module: string; name: string; args: unknown[] }) => {
  try {
    const library = (await import(module)) as Library;
    process.send?.({ result: library[name]!(...args) });
  } catch (error) {
    process.send?.({ error });
  }
});
