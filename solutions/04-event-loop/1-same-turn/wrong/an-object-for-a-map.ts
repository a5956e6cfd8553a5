// caught by "keys asked for in one callback go to one call": a Map or a list keeps them as they are
type Load<K, V> = (keys: K[]) => Promise<V[]>;

export function sameTurn<K, V>(load: Load<K, V>): (key: K) => Promise<V> {
  let open: Record<string, PromiseWithResolvers<V>> | undefined;

  async function flush(): Promise<void> {
    const batch = open!;
    open = undefined;
    try {
      const values = await load(Object.keys(batch) as K[]);
      Object.values(batch).forEach(({ resolve }, index) => resolve(values[index]!));
    } catch (error) {
      Object.values(batch).forEach(({ reject }) => reject(error));
    }
  }

  return (key) => {
    if (!open) {
      open = {};
      queueMicrotask(() => process.nextTick(flush));
    }
    const request = (open[String(key)] ??= Promise.withResolvers<V>());
    return request.promise;
  };
}
