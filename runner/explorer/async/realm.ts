// The realm in which the code of async tasks is compiled: built-ins of its own, virtual timers, and a refusal of whatever
// differs from run to run. Promises, microtasks and async functions are the engine's own ones.
import { AsyncLocalStorage } from 'node:async_hooks';
import { promisify } from 'node:util';
import { createContext, runInContext, type Context } from 'node:vm';
import { makeEvents } from '../guest/events.ts';
import { globalsReset, type Reset } from '../guest/globals-reset.ts';
import { ownClone } from './own-clone.ts';
import { refuseHiddenInputs } from '../guest/refuse-hidden-inputs.ts';
import { refusingDate } from '../guest/refusing-date.ts';
import { refuseTheRest } from '../guest/refuse-the-rest.ts';
import type { Globals } from '../guest/shared-memory.ts';

/** What the code of tasks can ask for besides computing. */
export interface AsyncOperator {
  /** It cannot be explored: the run ends here. */
  refuse(reason: string): never;
  printed(): void;
  /** @returns the timer's number, for `clearTimer` */
  setTimer(fire: () => void, ms: number, kind: 'timeout' | 'immediate'): number;
  clearTimer(number: number): void;
}

export interface AsyncRealm {
  readonly context: Context;
  /** its own Array, Object, Error and so on, by name */
  readonly native: Globals;
  /** A promise of this realm, made without anything that code could have changed. */
  deferred(): PromiseWithResolvers<unknown>;
  isPromise(value: unknown): value is Promise<unknown>;
  /** Hears how a promise ends, or at once of what is none. */
  watch(value: unknown, onValue: (value: unknown) => void, onReason: (reason: unknown) => void): void;
  /** Runs code as that of one task: so does whatever it has begun, after each await. */
  runAs<T>(task: number, run: () => T): T;
  /** Whose code runs: -1 for nobody's */
  task(): number;
  /** Forgets what code has done to globals and built-ins: to be called before each run. */
  readonly reset: Reset;
}

const chance = 'it differs from run to run';
const outside = 'a task that is explored has only the operations of its scenario';
const streams = 'a task that is explored has promises only';

const refusedGlobals: Readonly<Record<string, string>> = {
  setInterval: 'a timer that never ends has no end to explore; set a timeout again instead',
  performance: `time cannot be explored: ${chance}`,
  crypto: `chance cannot be explored: ${chance}`,
  process: outside,
  require: 'code that is explored is a module',
  fetch: outside,
  Temporal: `time cannot be explored: ${chance}`,
  WebAssembly: 'what WebAssembly does cannot be seen',
  WeakRef: `when memory is freed cannot be explored: ${chance}`,
  FinalizationRegistry: `when memory is freed cannot be explored: ${chance}`,
  MessageChannel: outside,
  BroadcastChannel: outside,
  Buffer: 'a task that is explored has typed arrays, TextEncoder and TextDecoder',
  navigator: outside,
  WebSocket: outside,
  ReadableStream: streams,
  WritableStream: streams,
  TransformStream: streams,
};

/** Of Node's, without effect on anything outside. */
const harmless = ['TextEncoder', 'TextDecoder', 'URL', 'URLSearchParams', 'DOMException', 'atob', 'btoa'];

/** A timer of Node's that is set to less waits this long. */
const leastMs = 1;
const mostMs = 2 ** 31 - 1;

export function makeAsyncRealm(operator: AsyncOperator): AsyncRealm {
  const globals: Globals & Context = createContext({});
  const context: Context = globals;
  // Before anything is refused: Node looks at all built-ins of a context that it puts a port into.
  const clone = ownClone(context);
  const native = runInContext(
    'Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, globalThis[name]]))',
    context,
  ) as Globals;
  const { deferred, isPromise, watch, microtask, asFunction, timerOf, promised } = runInContext(
    `(() => {
      const { apply } = Reflect;
      const [then, ThePromise] = [Promise.prototype.then, Promise];
      return {
        deferred() {
          let resolve, reject;
          const promise = new ThePromise((first, second) => {
            resolve = first;
            reject = second;
          });
          return { promise, resolve, reject };
        },
        isPromise: (value) => value instanceof ThePromise,
        watch(value, onValue, onReason) {
          apply(then, new ThePromise((resolve) => resolve(value)), [onValue, onReason]);
        },
        microtask(callback) {
          if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function.');
          apply(then, new ThePromise((resolve) => resolve()), [() => void callback()]);
        },
        asFunction: (run) => function (...args) { return run(...args); },
        timerOf: (number, clear, refresh) => ({
          ref() { return this; },
          unref() { return this; },
          hasRef: () => true,
          refresh: () => refresh(),
          close() { clear(number); return this; },
          [Symbol.dispose]() { clear(number); },
          [Symbol.toPrimitive]: () => number,
        }),
        promised: (timer, before) => (...args) =>
          new ThePromise((resolve) => timer(resolve, ...args.slice(0, before + 1))),
      };
    })()`,
    context,
  ) as Pick<AsyncRealm, 'deferred' | 'isPromise' | 'watch'> & {
    microtask: (callback: unknown) => void;
    asFunction: <F>(run: F) => F;
    /** What stands for a Timeout or an Immediate. */
    timerOf: (number: number, clear: (number: number) => void, refresh: () => never) => object;
    /** Of a function of timers, the one that promises; `before`: arguments before those of the callback. */
    promised: (timer: unknown, before: number) => unknown;
  };
  const storage = new AsyncLocalStorage<number>();
  const put = (name: string, value: unknown): void => {
    Object.defineProperty(globals, name, { value, writable: true, configurable: true });
  };
  for (const name of harmless) put(name, (globalThis as Globals)[name]);
  const events = makeEvents(context, {
    refuse: (reason) => operator.refuse(reason),
    // As in Node, where it gets past the code that has dispatched the event.
    uncaught: (error) =>
      process.nextTick(() => {
        throw error;
      }),
  });
  for (const [name, value] of Object.entries(events)) put(name, value);
  for (const [name, why] of Object.entries(refusedGlobals)) {
    const refuse = (): never => operator.refuse(`${name}: ${why}`);
    Object.defineProperty(globals, name, { get: refuse, set: refuse, configurable: true });
  }
  const methods = Reflect.ownKeys(console).filter((key) => typeof key === 'string');
  put('console', Object.fromEntries(methods.map((name) => [name, asFunction(() => operator.printed())])));
  put('structuredClone', asFunction(clone));
  put('queueMicrotask', microtask);
  const timer = (kind: 'timeout' | 'immediate', callback: unknown, ms: unknown, args: unknown[]): object => {
    if (typeof callback !== 'function')
      throw new (native.TypeError as ErrorConstructor)('The "callback" argument must be of type function.');
    const delay = Number(ms);
    const wait = kind === 'immediate' ? 0 : delay >= leastMs && delay <= mostMs ? Math.trunc(delay) : leastMs;
    const number = operator.setTimer(() => Reflect.apply(callback, undefined, args) as void, wait, kind);
    return timerOf(
      number,
      (each) => operator.clearTimer(each),
      () => operator.refuse('refresh() of a timer cannot be explored: clear it and set another one'),
    );
  };
  const setTimeout = asFunction((callback: unknown, ms: unknown, ...args: unknown[]) =>
    timer('timeout', callback, ms, args),
  );
  const setImmediate = asFunction((callback: unknown, ...args: unknown[]) => timer('immediate', callback, 0, args));
  for (const [name, set, before] of [
    ['setTimeout', setTimeout, 1],
    ['setImmediate', setImmediate, 0],
  ] as const) {
    Object.defineProperty(set, promisify.custom, { value: promised(set, before) });
    put(name, set);
  }
  for (const name of ['clearTimeout', 'clearImmediate', 'clearInterval'])
    put(
      name,
      asFunction((number: unknown) => operator.clearTimer(Number(number))),
    );
  put(
    'Date',
    refusingDate(native.Date as DateConstructor, (reason) => operator.refuse(reason)),
  );
  refuseHiddenInputs(native, (reason) => operator.refuse(reason));
  Object.defineProperty(native.Math, 'random', {
    value: () => operator.refuse(`Math.random: chance cannot be explored: ${chance}`),
  });
  Object.assign(native.Atomics as object, {
    wait: () => operator.refuse('Atomics.wait: it would stop all tasks, which have one thread in common'),
    waitAsync: () => operator.refuse('Atomics.waitAsync: tasks have one thread in common; wait for a promise'),
  });
  refuseTheRest(context, (name) => operator.refuse(`${name}: ${outside}`));
  const reset = globalsReset(context);
  return {
    context,
    native,
    deferred,
    isPromise,
    watch,
    runAs: (task, run) => storage.run(task, run),
    task: () => storage.getStore() ?? -1,
    reset,
  };
}
