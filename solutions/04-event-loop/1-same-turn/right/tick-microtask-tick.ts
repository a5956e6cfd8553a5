// It need not know where it was called: a tick, from there a microtask, and from there a tick again.
export const sameTurn = <K, V>(load: (keys: K[]) => Promise<V[]>) => {
  let promises = new Map<K, Promise<V>>();
  let whenOver: Promise<V[]> | undefined;

  const wholeBatch = async (): Promise<V[]> => {
    await new Promise<void>((resolve) => {
      process.nextTick(() => queueMicrotask(() => process.nextTick(resolve)));
    });
    const keys = [...promises.keys()];
    promises = new Map();
    whenOver = undefined;
    return load(keys);
  };

  return async (key: K): Promise<V> => {
    whenOver ??= wholeBatch();
    const place = promises.size;
    let promise = promises.get(key);
    if (!promise) {
      promise = whenOver.then((values) => values[place] as V);
      promises.set(key, promise);
    }
    return promise;
  };
};
