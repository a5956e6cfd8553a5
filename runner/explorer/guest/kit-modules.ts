// What code that is explored may import beside its own files: the kit of scenarios, and of Node what has no effect outside.
import { createRequire, isBuiltin } from 'node:module';
import { isMap, isSet } from 'node:util/types';
import type { Namespace } from './modules.ts';

const require = createRequire(import.meta.url);
const pure = new Set(['assert', 'assert/strict', 'util', 'path', 'path/posix', 'path/win32', 'url', 'querystring']);

/** What the code does with functions of Node's that cannot be explored. */
export interface ImportGuard {
  /** does not come back */
  refuse(reason: string): never;
  /** whether a function of Node's would look at a value behind the explorer's back */
  isHidden?(value: unknown): boolean;
}

/** Functions that look into what they are given: they see what stands for shared memory. */
const looking = /^(inspect|format|formatWithOptions|is[A-Z]\w*|(not|partial)?[dD]eep\w*)$/;
/** Classes whose instances do; those of the realm do not. */
const lookingClass = /^Text(Decoder|Encoder)$/;
/** Of signals of Node's own. */
const ofSignals = /^(aborted|transferableAbort\w+)$/;

/**
 * @param kit what stands for the functions of `interleave/kit`
 * @param guard without one it is no code that is explored
 */
export function importable(specifier: string, kit: Namespace, guard?: ImportGuard): Namespace | undefined {
  const guarded = (exports: Namespace, name: string): Namespace =>
    guard ? (new Guarded(guard).of(exports, name) as Namespace) : exports;
  if (specifier === 'interleave/kit' || specifier === 'interleave/kit/scenario') return guarded(kit, 'the kit');
  const name = specifier.replace(/^node:/, '');
  if (!isBuiltin(specifier) || !pure.has(name)) return undefined;
  const exports = require(`node:${name}`) as Namespace;
  return guarded({ ...exports, default: exports }, name);
}

/** What a module exports as code may use it: it stays as it is, for all runs and threads have it in common. */
class Guarded {
  readonly #guard: ImportGuard;
  readonly #known = new WeakMap<object, object>();

  constructor(guard: ImportGuard) {
    this.#guard = guard;
  }

  /** @param name as code has it, for messages */
  of(value: unknown, name: string): unknown {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return value;
    const known = this.#known.get(value);
    if (known) return known;
    const { refuse } = this.#guard;
    const changed = (): never => refuse(`${name} is changed, and the next run meets that: leave it as it is`);
    const called = name.split('.').at(-1) ?? '';
    const guarded = new Proxy(value, {
      get: (target, key) => {
        const property = Reflect.get(target, key) as unknown;
        // It has to be the same one; nobody changes it without its class.
        if (typeof key === 'symbol' || key === 'prototype') return property;
        return this.of(property, key === 'default' ? name : `${name}.${key}`);
      },
      set: changed,
      defineProperty: changed,
      deleteProperty: changed,
      setPrototypeOf: changed,
      preventExtensions: changed,
      // Only where there is something to see to: `assert` reads its own call off the stack.
      ...(this.#guard.isHidden &&
        looking.test(called) && {
          apply: (target, receiver, args: unknown[]) => {
            this.#look(name, args);
            return Reflect.apply(target as () => unknown, receiver, args);
          },
        }),
      ...(this.#guard.isHidden &&
        lookingClass.test(called) && {
          construct: () => refuse(`${name} of Node: use the global ${called}`),
        }),
      ...(ofSignals.test(called) && { apply: () => refuse(`${name} cannot be explored`) }),
    });
    this.#known.set(value, guarded);
    return guarded;
  }

  #look(name: string, args: readonly unknown[]): void {
    const { isHidden, refuse } = this.#guard;
    if (!isHidden) return;
    const seen = new Set<object>();
    const open: unknown[] = [...args];
    while (open.length > 0) {
      const value = open.pop();
      if (isHidden(value)) refuse(`${name} on shared memory: its accesses cannot be seen; copy the elements first`);
      if (typeof value !== 'object' || value === null || seen.has(value)) continue;
      seen.add(value);
      for (const property of Object.values(Object.getOwnPropertyDescriptors(value))) open.push(property.value);
      // Of whichever realm they are.
      if (isMap(value)) Map.prototype.forEach.call(value, (item, key) => open.push(key, item));
      if (isSet(value)) Set.prototype.forEach.call(value, (item) => open.push(item));
    }
  }
}
