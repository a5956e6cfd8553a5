// caught by "load is called before the loop goes on": A timer or an immediate belongs to the loop
type Load<K, V> = (keys: K[]) => Promise<V[]>;

export function sameTurn<K, V>(load: Load<K, V>): (key: K) => Promise<V> {
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
    if (!open) {
      open = new Map();
      setImmediate(flush);
    }
    const request = open.get(key) ?? Promise.withResolvers<V>();
    open.set(key, request);
    return request.promise;
  };
}
