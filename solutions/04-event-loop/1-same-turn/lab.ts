// Many ask for one key each, and one call loads them all.

/** Keys that are loaded with one call, each with the promise of its value. */
type Batch<K, V> = Map<K, PromiseWithResolvers<V>>;

/**
 * Collects the keys that are asked for in one turn of the event loop.
 * @param load resolves with the values of the keys, in their order
 * @returns a function that brings the value of a key
 */
export function sameTurn<K, V>(load: (keys: K[]) => Promise<V[]>): (key: K) => Promise<V> {
  let open: Batch<K, V> | undefined;

  async function flush(batch: Batch<K, V>): Promise<void> {
    // Before load is called: what it asks for belongs to the next one.
    open = undefined;
    try {
      const values = await load([...batch.keys()]);
      for (const [index, { resolve }] of [...batch.values()].entries()) resolve(values[index]!);
    } catch (error) {
      for (const { reject } of batch.values()) reject(error);
    }
  }

  function newBatch(): Batch<K, V> {
    const batch: Batch<K, V> = new Map();
    // A tick that a microtask sets: behind all microtasks, and before the loop goes on.
    queueMicrotask(() => process.nextTick(flush, batch));
    return batch;
  }

  return (key) => {
    open ??= newBatch();
    const request = open.get(key) ?? Promise.withResolvers<V>();
    open.set(key, request);
    return request.promise;
  };
}
