// Built-ins of a realm whose answer hangs on something that the code did not give them: what the last regular expression has
// matched, in whichever run that was, and the moment that a formatter of dates takes where it is given none.
import type { Globals } from './shared-memory.ts';

type Refuse = (reason: string) => never;

/**
 * @param native the realm's own, changed where they are
 * @param refuse does not come back
 */
export function refuseHiddenInputs(native: Globals, refuse: Refuse): void {
  refuseLastMatch(native.RegExp as object, refuse);
  const { prototype } = (native.Intl as typeof Intl).DateTimeFormat;
  refuseNow(prototype, refuse);
}

/** `RegExp.$1` and its kin: all of them are accessors, and no others are but that of the species. */
function refuseLastMatch(constructor: object, refuse: Refuse): void {
  for (const key of Reflect.ownKeys(constructor)) {
    const property = Reflect.getOwnPropertyDescriptor(constructor, key);
    if (typeof key === 'symbol' || !property?.get) continue;
    const refused = (): never =>
      refuse(`RegExp.${key}: it outlives a run, and says what was matched last in any; take the result of the match`);
    Object.defineProperty(constructor, key, { ...property, get: refused, set: refused });
  }
}

function refuseNow(prototype: Intl.DateTimeFormat, refuse: Refuse): void {
  type Format = (this: unknown, date?: unknown) => unknown;
  const given = (native: Format, name: string): Format =>
    function (this: unknown, date) {
      if (date === undefined)
        return refuse(`${name} without a date: time cannot be explored: it differs from run to run`);
      return Reflect.apply(native, this, [date]);
    };
  const { formatToParts } = prototype as unknown as { formatToParts: Format };
  Object.defineProperty(prototype, 'formatToParts', { value: given(formatToParts, 'formatToParts()') });
  const property = Reflect.getOwnPropertyDescriptor(prototype, 'format');
  const bound = new WeakMap<object, Format>();
  Object.defineProperty(prototype, 'format', {
    ...property,
    // It is the same function each time that it is asked for.
    get(this: object) {
      const native = Reflect.apply(property?.get as () => Format, this, []);
      const known = bound.get(native) ?? given(native, 'format()');
      bound.set(native, known);
      return known;
    },
  });
}
