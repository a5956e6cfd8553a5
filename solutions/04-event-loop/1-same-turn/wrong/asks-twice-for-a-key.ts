// caught by "a key is loaded once in a call": what get does with a key that is already in the batch
type Load<K, V> = (keys: K[]) => Promise<V[]>;

export function sameTurn<K, V>(load: Load<K, V>): (key: K) => Promise<V> {
  let open: [K, PromiseWithResolvers<V>][] | undefined;

  async function flush(): Promise<void> {
    const batch = open!;
    open = undefined;
    try {
      const values = await load(batch.map(([key]) => key));
      batch.forEach(([, { resolve }], index) => resolve(values[index]!));
    } catch (error) {
      batch.forEach(([, { reject }]) => reject(error));
    }
  }

  return (key) => {
    if (!open) {
      open = [];
      queueMicrotask(() => process.nextTick(flush));
    }
    const request = Promise.withResolvers<V>();
    open.push([key, request]);
    return request.promise;
  };
}
