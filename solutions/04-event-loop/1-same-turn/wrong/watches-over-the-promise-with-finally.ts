// caught by "an error of load rejects its own keys and no others": nor does the rejection of a promise that nobody holds
type Load<K, V> = (keys: K[]) => Promise<V[]>;

export function sameTurn<K, V>(load: Load<K, V>): (key: K) => Promise<V> {
  let loading = 0;
  let open: Map<K, PromiseWithResolvers<V>> | undefined;

  function flush(): void {
    const batch = open!;
    open = undefined;
    const answer = (async () => load([...batch.keys()]))();
    answer.finally(() => (loading -= 1));
    loading += 1;
    answer.then(
      (values) => [...batch.values()].forEach(({ resolve }, index) => resolve(values[index]!)),
      (error) => batch.forEach(({ reject }) => reject(error)),
    );
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
