// caught by "get brings the value of its key": a list of values, one for each key
type Load<K, V> = (keys: K[]) => Promise<V[]>;

export function sameTurn<K, V>(load: Load<K, V>): (key: K) => Promise<V> {
  let open: Map<K, PromiseWithResolvers<any>> | undefined;

  async function flush(): Promise<void> {
    const batch = open!;
    open = undefined;
    try {
      const values = await load([...batch.keys()]);
      [...batch.values()].forEach(({ resolve }) => resolve(values));
    } catch (error) {
      batch.forEach(({ reject }) => reject(error));
    }
  }

  return (key) => {
    if (!open) {
      open = new Map();
      queueMicrotask(() => process.nextTick(flush));
    }
    const request = open.get(key) ?? Promise.withResolvers<any>();
    open.set(key, request);
    return request.promise;
  };
}
