// The realm in which explored code is compiled: built-ins of its own, so that nothing that the code does to them reaches the
// explorer's; what cannot be replayed (time, chance, the world outside) refuses to be used.
import { createContext, runInContext, type Context } from 'node:vm';
import { makeEvents } from './events.ts';
import { globalsReset, type Reset } from './globals-reset.ts';
import { refuseHiddenInputs } from './refuse-hidden-inputs.ts';
import { refusingDate } from './refusing-date.ts';
import { refuseTheRest } from './refuse-the-rest.ts';
import { SharedMemory, type Globals, type Operator } from './shared-memory.ts';

/** Of Node's, without effect on anything outside. */
const harmless = ['URL', 'URLSearchParams', 'DOMException', 'atob', 'btoa'];

const copyFirst = 'its accesses cannot be seen; copy the bytes with slice() and set()';

/** What threads may not do, and why. */
const refusedGlobals: Readonly<Record<string, string>> = {
  setTimeout: 'a thread that is explored has no event loop',
  setInterval: 'a thread that is explored has no event loop',
  setImmediate: 'a thread that is explored has no event loop',
  queueMicrotask: 'a thread that is explored has no event loop',
  performance: 'time cannot be explored: it differs from run to run',
  crypto: 'chance cannot be explored: it differs from run to run',
  process: 'a thread that is explored has nothing but memory',
  require: 'a thread that is explored is a module',
  Buffer: 'a thread that is explored has typed arrays only',
  fetch: 'a thread that is explored has nothing but memory',
  structuredClone: "it would read shared memory behind the explorer's back",
  Temporal: 'time cannot be explored: it differs from run to run',
  WebAssembly: 'what WebAssembly does to memory cannot be seen',
  WeakRef: 'when memory is freed differs from run to run',
  FinalizationRegistry: 'when memory is freed differs from run to run',
  MessageChannel: 'threads that are explored have nothing but memory in common',
  BroadcastChannel: 'threads that are explored have nothing but memory in common',
  navigator: 'a thread that is explored has nothing but memory',
};

export interface Realm {
  readonly context: Context;
  readonly memory: SharedMemory;
  /** its own Array, Object, Error and so on, by name */
  readonly native: Globals;
  /** Forgets what code has done to globals and built-ins: to be called before each run. */
  readonly reset: Reset;
}

/** What code can do besides accessing memory. */
export interface RealmOperator extends Operator {
  checkpoint(key: string): void;
  printed(): void;
}

export function makeRealm(operator: RealmOperator): Realm {
  const globals: Globals = {};
  const context = createContext(globals);
  const names = runInContext('Object.getOwnPropertyNames(globalThis)', context) as string[];
  const native = runInContext(
    '(names) => Object.fromEntries(names.map((name) => [name, globalThis[name]]))',
    context,
  ) as (names: string[]) => Globals;
  const own = native(names);
  const memory = new SharedMemory(own, operator);
  const put = (name: string, value: unknown): void => {
    Object.defineProperty(globals, name, { value, writable: true, configurable: true });
  };
  for (const [name, value] of Object.entries(memory.globals)) put(name, value);
  for (const name of harmless) put(name, (globalThis as Globals)[name]);
  const events = makeEvents(context, {
    refuse: (reason) => operator.refuse(reason),
    // Where the run is over, this lets its end pass as well.
    uncaught: () => operator.refuse('a listener throws: that ends a thread when it has come to its end; let it catch'),
  });
  for (const [name, value] of Object.entries(events)) put(name, value);
  for (const [name, why] of Object.entries(refusedGlobals)) {
    const refuse = (): never => operator.refuse(`${name}: ${why}`);
    Object.defineProperty(globals, name, { get: refuse, set: refuse, configurable: true });
  }
  const methods = Reflect.ownKeys(console).filter((key) => typeof key === 'string');
  put('console', Object.fromEntries(methods.map((name) => [name, () => operator.printed()])));
  const isShared = (value: unknown): boolean =>
    memory.shapeOf(value) !== undefined || memory.extentOf(value) !== undefined;
  put(
    'TextDecoder',
    class extends TextDecoder {
      override decode(input?: NodeJS.ArrayBufferView, options?: { stream?: boolean }): string {
        if (isShared(input)) operator.refuse(`TextDecoder on shared memory: ${copyFirst}`);
        return super.decode(input, options);
      }
    },
  );
  put(
    'TextEncoder',
    class extends TextEncoder {
      override encodeInto(text: string, bytes: Uint8Array): ReturnType<InstanceType<typeof TextEncoder>['encodeInto']> {
        if (isShared(bytes)) operator.refuse(`TextEncoder on shared memory: ${copyFirst}`);
        return super.encodeInto(text, bytes);
      }
    },
  );
  put(
    'Date',
    refusingDate(own.Date as DateConstructor, (reason) => operator.refuse(reason)),
  );
  Object.defineProperty(own.Math, 'random', {
    value: () => operator.refuse('Math.random: chance cannot be explored: it differs from run to run'),
  });
  refuseHiddenInputs(own, (reason) => operator.refuse(reason));
  put('i32', () => new (memory.globals.SharedArrayBuffer as new () => object)());
  put('checkpoint', (...values: unknown[]) => operator.checkpoint(JSON.stringify(values)));
  refuseTheRest(context, (name) => operator.refuse(`${name}: a thread that is explored has nothing but memory`));
  return {
    context,
    memory,
    native: own,
    reset: globalsReset(context),
  };
}
