// No resolvers: the batch is one promise of a Map, and each get waits for that and takes its own out of it.
import { promisify } from 'node:util';

const tick = promisify(process.nextTick) as () => Promise<void>;

export function sameTurn<K, V>(load: (keys: K[]) => Promise<V[]>): (key: K) => Promise<V> {
  let batch: { readonly keys: Set<K>; readonly values: Promise<Map<K, V>> } | undefined;

  async function loadBehindMicrotasks(keys: Set<K>): Promise<Map<K, V>> {
    // From here on, this runs in a microtask, and its tick has to wait for all of them.
    await Promise.resolve();
    await tick();
    batch = undefined;
    const order = [...keys];
    const values = await load(order.slice());
    return new Map(order.map((key, index) => [key, values[index]!]));
  }

  return async (key) => {
    if (!batch) {
      const keys = new Set<K>();
      batch = { keys, values: loadBehindMicrotasks(keys) };
    }
    batch.keys.add(key);
    return (await batch.values).get(key)!;
  };
}
