// Brings a realm back to how it was made, before each run of its code: takes away what code has put beside the globals and
// beside the properties of built-ins, and puts back what it has changed in them. It knows nothing of what runs there.
//
// To look at all built-ins takes longer than a run. So that is done before each of the first runs, and then now and then; those
// that were found changed once are looked at each time. If something is found late, runs before have met it, and what they said
// may hang on it.
import { runInContext, type Context } from 'node:vm';

/**
 * @param isLast looks at everything: no run will follow
 * @returns why what code said cannot be believed: runs may have met what others left, or it cannot be put back
 */
export type Reset = (isLast?: boolean) => string | undefined;

/** @returns what brings a context back to how it is now */
export function globalsReset(context: Context): Reset {
  const makeWithin = runInContext(text, context) as (foreign: readonly unknown[]) => Within;
  const { resetGlobals, resetBuiltIns } = makeWithin([Object, Function, Error]);
  let [runs, sawAll] = [0, true];
  const keys = Reflect.ownKeys(context);
  const known = new Map(keys.map((key) => [key, Reflect.getOwnPropertyDescriptor(context, key)]));
  const isAsItWas = (key: string | symbol): boolean => {
    const [now, then] = [Reflect.getOwnPropertyDescriptor(context, key), known.get(key)];
    return now !== undefined && now.value === then?.value && now.get === then?.get;
  };
  return (isLast = false) => {
    // Looking from outside is quick. But what is deleted from outside is still there for the code.
    const now = Reflect.ownKeys(context);
    if (now.length !== keys.length || !now.every(isAsItWas)) resetGlobals();
    runs += 1;
    const seesAll = isLast || runs <= certainRuns || runs % seldom === 0;
    const found = resetBuiltIns(seesAll);
    const hasOutlived = found && (found.isForGood || !sawAll);
    sawAll = seesAll;
    return hasOutlived
      ? `${found.name} is changed, and the next run meets that: leave built-ins as they are`
      : undefined;
  };
}

/** After so many runs all built-ins are looked at once in so many. */
const [certainRuns, seldom] = [8, 1_024];

interface Within {
  resetGlobals(): void;
  /**
   * @param all not only those that were found changed before
   * @returns one that was not yet, or that cannot be put back (`isForGood`)
   */
  resetBuiltIns(all: boolean): { readonly name: string; readonly isForGood: boolean } | undefined;
}

/**
 * Built-ins are taken before any code could change them, and nothing here looks anything up in one that it could have changed
 * since. Of the realm that this one was made in only what leads to the objects that were put into it is looked at: `foreign`
 * are constructors that others use.
 */
const text = `(foreign) => {
  const { defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, isExtensible, ownKeys, setPrototypeOf } = Reflect;
  const { is } = Object;
  const keys = ownKeys(globalThis);
  const known = { __proto__: null };
  for (let at = 0; at < keys.length; at += 1) known[keys[at]] = getOwnPropertyDescriptor(globalThis, keys[at]);
  const builtIns = [];
  const suspects = [];
  const seen = new Set([globalThis, ...foreign]);
  const add = (value, name) => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
    seen.add(value);
    const own = ownKeys(value);
    const prototype = getPrototypeOf(value);
    const properties = { __proto__: null };
    builtIns.push({ value, name, own, properties, prototype, isOpen: isExtensible(value), isSuspect: false });
    for (const key of own) {
      // Without a prototype: it is used when code may have put something into that of all objects.
      const property = Object.assign({ __proto__: null }, getOwnPropertyDescriptor(value, key));
      properties[key] = property;
      const called = name + '.' + String(key);
      for (const each of [property.value, property.get, property.set]) add(each, called);
    }
    add(prototype, 'the prototype of ' + name);
  };
  for (const key of keys) add(known[key].value, String(key));
  const iterators = [[], new Map(), new Set(), ''].map((value) => value[Symbol.iterator]());
  iterators.push('a'.matchAll(/a/g), [].values().map(() => 0), Iterator.from({ next() {} }));
  for (const value of [function* () {}, async () => {}, async function* () {}, ...iterators])
    add(getPrototypeOf(value), value[Symbol.toStringTag] || 'Iterator');
  const isSame = (now, then) =>
    now !== undefined && is(now.value, then.value) && now.get === then.get && now.set === then.set &&
    now.writable === then.writable && now.enumerable === then.enumerable && now.configurable === then.configurable;
  /** The name of what is not as it was: nothing, mostly. */
  const changed = ({ value, name, own, properties, prototype, isOpen }) => {
    for (let at = 0; at < own.length; at += 1)
      if (!isSame(getOwnPropertyDescriptor(value, own[at]), properties[own[at]])) return name + '.' + String(own[at]);
    const now = ownKeys(value);
    if (now.length !== own.length)
      for (let at = 0; at < now.length; at += 1) if (!properties[now[at]]) return name + '.' + String(now[at]);
    return getPrototypeOf(value) === prototype && isExtensible(value) === isOpen ? undefined : name;
  };
  const putBack = ({ value, own, properties, prototype }) => {
    const now = ownKeys(value);
    for (let at = 0; at < now.length; at += 1) if (!properties[now[at]]) deleteProperty(value, now[at]);
    for (let at = 0; at < own.length; at += 1) defineProperty(value, own[at], properties[own[at]]);
    setPrototypeOf(value, prototype);
  };
  return {
    resetGlobals() {
      const now = ownKeys(globalThis);
      for (let at = 0; at < now.length; at += 1) if (!known[now[at]]) deleteProperty(globalThis, now[at]);
      for (let at = 0; at < keys.length; at += 1) {
        const key = keys[at];
        const descriptor = getOwnPropertyDescriptor(globalThis, key);
        if (descriptor?.value !== known[key].value || descriptor?.get !== known[key].get)
          defineProperty(globalThis, key, known[key]);
      }
    },
    resetBuiltIns(all) {
      let found;
      const looked = all ? builtIns : suspects;
      for (let at = 0; at < looked.length; at += 1) {
        const builtIn = looked[at];
        const name = changed(builtIn);
        if (name === undefined) continue;
        putBack(builtIn);
        const isForGood = changed(builtIn) !== undefined;
        if (isForGood || (!found && !builtIn.isSuspect)) found = { name, isForGood };
        if (builtIn.isSuspect) continue;
        builtIn.isSuspect = true;
        defineProperty(suspects, suspects.length, { __proto__: null, value: builtIn });
      }
      return found;
    },
  };
}`;
