// Globals of Node that a realm has not: whoever uses one is told that it cannot be explored, and not that it is not defined.
import { runInContext, type Context } from 'node:vm';

/** @param refuse does not come back */
export function refuseTheRest(context: Context, refuse: (name: string) => never): void {
  const known = new Set(Object.getOwnPropertyNames(runInContext('globalThis', context)));
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (known.has(name)) continue;
    const get = (): never => refuse(name);
    Object.defineProperty(context, name, { get, set: get, configurable: true });
  }
}
