// caught by "a key is loaded once in a call": 1 and '1' are two keys
type Load<K, V> = (keys: K[]) => Promise<V[]>;

export function sameTurn<K, V>(load: Load<K, V>): (key: K) => Promise<V> {
  let open: Map<string, PromiseWithResolvers<V> & { key: K }> | undefined;

  async function flush(): Promise<void> {
    const batch = open!;
    open = undefined;
    try {
      const values = await load([...batch.values()].map(({ key }) => key));
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
    const request = open.get(String(key)) ?? { key, ...Promise.withResolvers<V>() };
    open.set(String(key), request);
    return request.promise;
  };
}
