// caught by "get brings the value of its key": also for a key that is in the batch already
type Request<V> = PromiseWithResolvers<V>;

export function sameTurn<K, V>(load: (keys: K[]) => Promise<V[]>): (key: K) => Promise<V> {
  const keys: K[] = [];
  const requests: Request<V>[] = [];

  function flush(): void {
    load(keys).then(
      (values) => requests.forEach(({ resolve }, index) => resolve(values[index]!)),
      (error) => requests.forEach(({ reject }) => reject(error)),
    );
    keys.length = 0;
    requests.length = 0;
  }

  return (key) => {
    if (keys.length === 0) queueMicrotask(() => process.nextTick(flush));
    const index = keys.indexOf(key);
    const request = requests[index] ?? Promise.withResolvers<V>();
    if (index === -1) {
      keys.push(key);
      requests.push(request);
    }
    return request.promise;
  };
}
