// A batch is a generator that is fed with requests, one at a time, and told when it is over.
type Request<K, V> = readonly [key: K, resolve: (value: V) => void, reject: (error: unknown) => void];

function* collecting<K, V>(load: (keys: K[]) => Promise<V[]>): Generator<undefined, void, Request<K, V> | 'over'> {
  const byKey = new Map<K, Request<K, V>[]>();
  for (let input = yield; input !== 'over'; input = yield) {
    const [key] = input;
    byKey.set(key, [...(byKey.get(key) ?? []), input]);
  }
  const all = [...byKey.values()];
  const loading = (async () => load([...byKey.keys()]))();
  loading.then(
    (values) => all.forEach((requests, index) => requests.forEach(([, resolve]) => resolve(values[index] as V))),
    (error: unknown) => all.flat().forEach(([, , reject]) => reject(error)),
  );
}

export function sameTurn<K, V>(load: (keys: K[]) => Promise<V[]>): (key: K) => Promise<V> {
  let batch: ReturnType<typeof collecting<K, V>> | undefined;

  return (key) =>
    new Promise((resolve, reject) => {
      if (!batch) {
        const own = collecting(load);
        own.next();
        batch = own;
        void Promise.resolve().finally(() => {
          process.nextTick(() => {
            batch = undefined;
            own.next('over');
          });
        });
      }
      batch.next([key, resolve, reject]);
    });
}
