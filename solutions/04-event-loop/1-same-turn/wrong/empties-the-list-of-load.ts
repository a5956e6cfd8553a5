// caught by "other callbacks and other loaders have calls of their own": give it one that nobody changes any more
export function sameTurn<K, V>(load: (keys: K[]) => Promise<V[]>): (key: K) => Promise<V> {
  const keys: K[] = [];
  let requests = new Map<K, PromiseWithResolvers<V>>();

  async function flush(): Promise<void> {
    const batch = requests;
    requests = new Map();
    try {
      const loading = load(keys);
      keys.length = 0;
      const values = await loading;
      [...batch.values()].forEach(({ resolve }, index) => resolve(values[index]!));
    } catch (error) {
      keys.length = 0;
      batch.forEach(({ reject }) => reject(error));
    }
  }

  return (key) => {
    if (requests.size === 0) queueMicrotask(() => process.nextTick(flush));
    if (!requests.has(key)) {
      keys.push(key);
      requests.set(key, Promise.withResolvers());
    }
    return requests.get(key)!.promise;
  };
}
