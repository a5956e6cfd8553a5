// caught by "a key is loaded once in a call": what is left over from the batch before
type Load<K, V> = (keys: K[]) => Promise<V[]>;

export function sameTurn<K, V>(load: Load<K, V>): (key: K) => Promise<V> {
  const known = new Map<K, Promise<V>>();
  let open: Map<K, PromiseWithResolvers<V>> | undefined;

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
    const kept = known.get(key);
    if (kept) return kept;
    if (!open) {
      open = new Map();
      queueMicrotask(() => process.nextTick(flush));
    }
    const request = open.get(key) ?? Promise.withResolvers<V>();
    open.set(key, request);
    known.set(key, request.promise);
    return request.promise;
  };
}
