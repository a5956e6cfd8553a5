// caught by "an error of load rejects its own keys and no others": a batch has an answer of its own
type Request<V> = PromiseWithResolvers<V>;

export function sameTurn<K, V>(load: (keys: K[]) => Promise<V[]>): (key: K) => Promise<V> {
  let open = new Map<K, Request<V>>();
  const waiting = new Set<Request<V>>();

  async function flush(): Promise<void> {
    const batch = open;
    open = new Map();
    try {
      const values = await load([...batch.keys()]);
      [...batch.values()].forEach((request, index) => {
        waiting.delete(request);
        request.resolve(values[index]!);
      });
    } catch (error) {
      for (const { reject } of waiting) reject(error);
      waiting.clear();
    }
  }

  return (key) => {
    if (open.size === 0) queueMicrotask(() => process.nextTick(flush));
    const request = open.get(key) ?? Promise.withResolvers<V>();
    open.set(key, request);
    waiting.add(request);
    return request.promise;
  };
}
