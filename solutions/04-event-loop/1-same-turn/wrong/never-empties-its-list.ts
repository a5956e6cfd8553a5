// caught by "keys asked for in one callback go to one call": what is left over from another batch
type Load<K, V> = (keys: K[]) => Promise<V[]>;

export function sameTurn<K, V>(load: Load<K, V>): (key: K) => Promise<V> {
  let isSet = false;
  const open = new Map<K, PromiseWithResolvers<V>>();

  async function flush(): Promise<void> {
    const batch = open;
    isSet = false;
    try {
      const values = await load([...batch.keys()]);
      [...batch.values()].forEach(({ resolve }, index) => resolve(values[index]!));
    } catch (error) {
      batch.forEach(({ reject }) => reject(error));
    }
  }

  return (key) => {
    if (!isSet) {
      isSet = true;
      queueMicrotask(() => process.nextTick(flush));
    }
    const request = open.get(key) ?? Promise.withResolvers<V>();
    open.set(key, request);
    return request.promise;
  };
}
