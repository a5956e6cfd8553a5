// Many ask for one key each, and one call loads them all.

/** What was asked for, and whom to tell. */
interface Request<K, V> {
  readonly key: K;
  readonly resolve: (value: V) => void;
}

/**
 * Collects the keys that are asked for in one turn of the event loop.
 * @param load resolves with the values of the keys, in their order
 * @returns a function that brings the value of a key
 */
export function sameTurn<K, V>(load: (keys: K[]) => Promise<V[]>): (key: K) => Promise<V> {
  let requests: Request<K, V>[] = [];

  async function flush(): Promise<void> {
    const values = await load(requests.map(({ key }) => key));
    for (const [index, { resolve }] of requests.entries()) resolve(values[index]!);
    requests = [];
  }

  return (key) =>
    new Promise((resolve) => {
      requests.push({ key, resolve });
      // As soon as possible, but not at once: others may ask, too. Is that soon enough?
      if (requests.length === 1) setTimeout(flush, 0);
    });
}
