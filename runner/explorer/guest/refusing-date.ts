// Date in a realm whose code is explored: a date of a given time is as good as any number, the time that it is now is not.

/**
 * @param native the realm's own; its instances lead to what is returned
 * @param refuse does not come back
 */
export function refusingDate(native: DateConstructor, refuse: (reason: string) => never): DateConstructor {
  const now = (): never => refuse('Date: time cannot be explored: it differs from run to run');
  const constructor = new Proxy(native, {
    construct: (target, args: unknown[], newTarget) =>
      args.length === 0 ? now() : (Reflect.construct(target, args, newTarget) as Date),
    apply: now,
  });
  // Where it is, and not in a trap: there are ways to it that lead past `get`.
  Object.defineProperty(native, 'now', { value: now });
  Object.defineProperty(native.prototype, 'constructor', { value: constructor, writable: true, configurable: true });
  return constructor;
}
