// The way of the data loaders: a settled promise, and a tick behind it. Two lists in place of a Map.
export function sameTurn<K, V>(load: (keys: K[]) => Promise<V[]>): (key: K) => Promise<V> {
  interface Batch {
    readonly keys: K[];
    readonly requests: { resolve: (value: V) => void; reject: (error: unknown) => void }[];
  }
  let current: Batch | null = null;
  const settled = Promise.resolve();

  function dispatch(batch: Batch): void {
    current = null;
    let answer: Promise<V[]>;
    try {
      answer = load(batch.keys);
    } catch (error) {
      answer = Promise.reject(error);
    }
    answer.then(
      (values) => {
        for (const { resolve } of batch.requests) resolve(values.shift() as V);
      },
      (error: unknown) => {
        for (const { reject } of batch.requests) reject(error);
      },
    );
  }

  return function get(key) {
    if (current === null) {
      const batch: Batch = { keys: [], requests: [] };
      current = batch;
      void settled.then(() => process.nextTick(() => dispatch(batch)));
    }
    const { keys, requests } = current;
    // Ask once more for a value that was asked for: a promise of the promise.
    const index = keys.findIndex((other) => other === key || (other !== other && key !== key));
    return new Promise((resolve, reject) => {
      const earlier = requests[index];
      if (!earlier) {
        keys.push(key);
        requests.push({ resolve, reject });
        return;
      }
      requests[index] = {
        resolve: (value) => [earlier, { resolve }].forEach((one) => one.resolve(value)),
        reject: (error) => [earlier, { reject }].forEach((one) => one.reject(error)),
      };
    });
  };
}
