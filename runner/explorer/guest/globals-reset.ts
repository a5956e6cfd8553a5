// Takes away what code has put beside the globals of a realm, and puts back what it has put in their place.
import { runInContext, type Context } from 'node:vm';

/** @returns what brings the globals of a context back to how they are now */
export function globalsReset(context: Context): () => void {
  const resetWithin = runInContext(text, context) as () => void;
  const keys = Reflect.ownKeys(context);
  const known = new Map(keys.map((key) => [key, Reflect.getOwnPropertyDescriptor(context, key)]));
  const isAsItWas = (key: string | symbol): boolean => {
    const [now, then] = [Reflect.getOwnPropertyDescriptor(context, key), known.get(key)];
    return now !== undefined && now.value === then?.value && now.get === then?.get;
  };
  return () => {
    // Looking from outside is quick. But what is deleted from outside is still there for the code.
    const now = Reflect.ownKeys(context);
    if (now.length !== keys.length || !now.every(isAsItWas)) resetWithin();
  };
}

/** Built-ins are taken before any code could change them. */
const text = `(() => {
  const { defineProperty, deleteProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
  const keys = ownKeys(globalThis);
  const known = { __proto__: null };
  for (let at = 0; at < keys.length; at += 1) known[keys[at]] = getOwnPropertyDescriptor(globalThis, keys[at]);
  return () => {
    const now = ownKeys(globalThis);
    for (let at = 0; at < now.length; at += 1) if (!known[now[at]]) deleteProperty(globalThis, now[at]);
    for (let at = 0; at < keys.length; at += 1) {
      const key = keys[at];
      const descriptor = getOwnPropertyDescriptor(globalThis, key);
      if (descriptor?.value !== known[key].value || descriptor?.get !== known[key].get)
        defineProperty(globalThis, key, known[key]);
    }
  };
})()`;
