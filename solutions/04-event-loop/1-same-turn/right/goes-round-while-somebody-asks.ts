// Waits longer than it must: as long as each time round the two queues brings another key. All of it in the same turn.
import { EventEmitter, once } from 'node:events';

const untilMicrotasksAreOver = (): Promise<void> =>
  new Promise((resolve) => {
    queueMicrotask(() => process.nextTick(resolve));
  });

class Batch<K, V> extends EventEmitter {
  readonly keys = new Set<K>();
  values: V[] = [];

  async valueOf1(key: K): Promise<V> {
    const place = [...this.keys.add(key)].findIndex((other) => Object.is(other, key) || other === key);
    await once(this, 'loaded');
    return this.values[place]!;
  }

  async load(load: (keys: K[]) => Promise<V[]>, close: () => void): Promise<void> {
    for (let size = 0; size < this.keys.size;) {
      size = this.keys.size;
      await untilMicrotasksAreOver();
    }
    close();
    try {
      this.values = await load(Array.from(this.keys));
      this.emit('loaded');
    } catch (error) {
      // once() rejects with what "error" brings.
      this.emit('error', error);
    }
  }
}

export function sameTurn<K, V>(load: (keys: K[]) => Promise<V[]>): (key: K) => Promise<V> {
  let open: Batch<K, V> | undefined;
  return (key) => {
    if (open) return open.valueOf1(key);
    const batch = new Batch<K, V>().setMaxListeners(0);
    open = batch;
    const promise = batch.valueOf1(key);
    void batch.load(load, () => (open = undefined));
    return promise;
  };
}
