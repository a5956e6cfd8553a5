// caught by "keys asked for in one callback go to one call": load was called
type Load<K, V> = (keys: K[]) => Promise<V[]>;

export function sameTurn<K, V>(load: Load<K, V>): (key: K) => Promise<V> {
  let open: Map<K, PromiseWithResolvers<V>> | undefined;

  async function flush(): Promise<void> {
    const batch = open ?? new Map<K, PromiseWithResolvers<V>>();
    open = undefined;
    try {
      const values = await load([...batch.keys()]);
      [...batch.values()].forEach(({ resolve }, index) => resolve(values[index]!));
    } catch (error) {
      batch.forEach(({ reject }) => reject(error));
    }
  }

  return (key) => {
    open ??= new Map();
    queueMicrotask(() => process.nextTick(flush));
    const request = open.get(key) ?? Promise.withResolvers<V>();
    open.set(key, request);
    return request.promise;
  };
}
