// caught by "other callbacks and other loaders have calls of their own": each function that sameTurn returns has its own
type Load<K, V> = (keys: K[]) => Promise<V[]>;

let open: Map<any, PromiseWithResolvers<any>> | undefined;

export function sameTurn<K, V>(load: Load<K, V>): (key: K) => Promise<V> {
  async function flush(): Promise<void> {
    const batch = open!;
    open = undefined;
    try {
      const values = await load([...batch.keys()]);
      [...batch.values()].forEach(({ resolve }, index) => resolve(values[index]!));
    } catch (error) {
      batch.forEach(({ reject }) => reject(error));
    }
  }

  return (key) => {
    if (!open) {
      open = new Map();
      queueMicrotask(() => process.nextTick(flush));
    }
    const request = open.get(key) ?? Promise.withResolvers<V>();
    open.set(key, request);
    return request.promise;
  };
}
