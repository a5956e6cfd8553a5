// caught by "keys asked for in one callback go to one call": the one that was asked for first comes first
type Load<K, V> = (keys: K[]) => Promise<V[]>;

export function sameTurn<K, V>(load: Load<K, V>): (key: K) => Promise<V> {
  let open: Map<K, PromiseWithResolvers<V>> | undefined;

  async function flush(): Promise<void> {
    const batch = open!;
    open = undefined;
    try {
      const values = await load([...batch.keys()].reverse());
      [...batch.values()].forEach(({ resolve }, index) => resolve(values.at(-1 - index)!));
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
