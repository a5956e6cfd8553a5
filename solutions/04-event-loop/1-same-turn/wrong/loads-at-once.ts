// caught by "keys asked for in one callback go to one call": write the key down, and call load when the callback is over
export function sameTurn<K, V>(load: (keys: K[]) => Promise<V[]>): (key: K) => Promise<V> {
  return async (key) => {
    const [value] = await load([key]);
    return value!;
  };
}
