// caught by "a key is loaded once in a call": NaN === NaN is false
interface Request<K, V> extends PromiseWithResolvers<V> {
  readonly key: K;
}

export function sameTurn<K, V>(load: (keys: K[]) => Promise<V[]>): (key: K) => Promise<V> {
  let requests: Request<K, V>[] = [];

  async function flush(): Promise<void> {
    const batch = requests;
    requests = [];
    const keys: K[] = [];
    for (const { key } of batch) if (keys.indexOf(key) === -1) keys.push(key);
    try {
      const values = await load(keys);
      for (const { key, resolve } of batch) resolve(values[keys.indexOf(key)]!);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return (key) => {
    const request = { key, ...Promise.withResolvers<V>() };
    requests.push(request);
    if (requests.length === 1) queueMicrotask(() => process.nextTick(flush));
    return request.promise;
  };
}
