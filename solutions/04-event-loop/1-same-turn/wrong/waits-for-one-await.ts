// caught by "what ticks and microtasks ask for belongs to the same call": No number of them is enough
type Load<K, V> = (keys: K[]) => Promise<V[]>;

export function sameTurn<K, V>(load: Load<K, V>): (key: K) => Promise<V> {
  let open: Map<K, PromiseWithResolvers<V>> | undefined;

  async function flush(_nothing: null): Promise<void> {
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
      void (async () => flush(await null))();
    }
    const request = open.get(key) ?? Promise.withResolvers<V>();
    open.set(key, request);
    return request.promise;
  };
}
