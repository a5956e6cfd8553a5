// caught by "an error of load rejects its own keys and no others": A throw in a tick or a microtask of yours reaches no caller
type Load<K, V> = (keys: K[]) => Promise<V[]>;

export function sameTurn<K, V>(load: Load<K, V>): (key: K) => Promise<V> {
  let open: Map<K, PromiseWithResolvers<V>> | undefined;

  function flush(): void {
    const batch = open!;
    open = undefined;
    load([...batch.keys()]).then(
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
