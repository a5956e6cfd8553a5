// Takes away what code has put beside the globals of a realm and beside the properties of its built-ins, and puts back what it
// has put in the place of globals.
import { runInContext, type Context } from 'node:vm';

/** @returns what brings the globals of a context back to how they are now */
export function globalsReset(context: Context): () => void {
  const { resetWithin, clearBuiltIns } = runInContext(text, context) as Resets;
  let [runs, addsToBuiltIns] = [0, false];
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
    // This takes ten times as long. Who does it at all does it soon, and then each time.
    runs += 1;
    if (addsToBuiltIns || runs <= certainRuns || runs % seldom === 0)
      addsToBuiltIns = clearBuiltIns() || addsToBuiltIns;
  };
}

/** After so many runs built-ins are looked at, and then once in so many. */
const [certainRuns, seldom] = [64, 64];

interface Resets {
  resetWithin(): void;
  /**
   * Takes away what was added; what was put in the place of a property stays.
   * @returns whether there was anything
   */
  clearBuiltIns(): boolean;
}

/** Built-ins are taken before any code could change them. */
const text = `(() => {
  const { defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
  const keys = ownKeys(globalThis);
  const known = { __proto__: null };
  for (let at = 0; at < keys.length; at += 1) known[keys[at]] = getOwnPropertyDescriptor(globalThis, keys[at]);
  const builtIns = [];
  const counts = [];
  const names = [];
  const seen = new Set([globalThis]);
  const add = (value) => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
    seen.add(value);
    const own = ownKeys(value);
    builtIns.push(value);
    counts.push(own.length);
    const named = { __proto__: null };
    for (let at = 0; at < own.length; at += 1) named[own[at]] = true;
    names.push(named);
    for (const key of ['prototype', 'constructor']) add(getOwnPropertyDescriptor(value, key)?.value);
    add(getPrototypeOf(value));
  };
  for (let at = 0; at < keys.length; at += 1) add(known[keys[at]].value);
  for (const value of [function* () {}, async () => {}, async function* () {}, [].values(), new Map().values()]) add(getPrototypeOf(value));
  return {
    resetWithin() {
      const now = ownKeys(globalThis);
      for (let at = 0; at < now.length; at += 1) if (!known[now[at]]) deleteProperty(globalThis, now[at]);
      for (let at = 0; at < keys.length; at += 1) {
        const key = keys[at];
        const descriptor = getOwnPropertyDescriptor(globalThis, key);
        if (descriptor?.value !== known[key].value || descriptor?.get !== known[key].get)
          defineProperty(globalThis, key, known[key]);
      }
    },
    clearBuiltIns() {
      let isAny = false;
      for (let at = 0; at < builtIns.length; at += 1) {
        const now = ownKeys(builtIns[at]);
        if (now.length === counts[at]) continue;
        isAny = true;
        for (let each = 0; each < now.length; each += 1)
          if (!names[at][now[each]]) deleteProperty(builtIns[at], now[each]);
      }
      return isAny;
    },
  };
})()`;
