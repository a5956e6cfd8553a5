// caught by "get brings the value of its key": Whatever load resolves with is a value
type Load<K, V> = (keys: K[]) => Promise<V[]>;

export function sameTurn<K, V>(load: Load<K, V>): (key: K) => Promise<V> {
  let open: Map<K, PromiseWithResolvers<V>> | undefined;

  async function flush(): Promise<void> {
    const batch = open!;
    open = undefined;
    try {
      const values = await load([...batch.keys()]);
      [...batch.values()].forEach(({ resolve, reject }, index) => {
        const value = values[index];
        if (value) resolve(value);
        else reject(new Error('no value'));
      });
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
