// Sees, through async_hooks, what the program schedules and when the runtime runs it: ticks, timers, immediates,
// queueMicrotask, the waits of async functions, and everything of Node's own that may lead to a callback of the program's.
import { createHook, executionAsyncId } from 'node:async_hooks';
import type { CallSiteObject } from 'node:util';
import { frames, innermostFrame, placeOfFrame, placeOfFunction, schedulingFrame } from './call-places.ts';
import type { Operation, Origin, Recorder, Scheduled } from './recorder.ts';

/** What Node hands to the hook; which fields there are depends on the type. */
interface Resource {
  readonly callback?: unknown;
  readonly _onTimeout?: unknown;
  readonly _onImmediate?: unknown;
  readonly _idleTimeout?: unknown;
  readonly _repeat?: unknown;
}

interface Watched {
  readonly scheduled: Scheduled;
  /** of queueMicrotask: its function is known late */
  readonly resource: Resource | undefined;
  readonly isRepeated: boolean;
}

/** Types that are one request and one answer. Writing is not among them: nobody waits for it in a queue. */
const request = /REQ|CONNECTWRAP|QUERYWRAP|SENDWRAP/;

export interface ScopeWatch {
  /** of a promise, 0 when it is not known; a timer's or an immediate's task, for what is cleared */
  promiseId(promise: object): number;
  taskOf(resource: object): number | undefined;
  /** The promise that is made next comes out of `then`, and the wait for it is recorded elsewhere. */
  expectDerived(): void;
  /** @returns the async id of the promise that was expected; 0 when none was made */
  takeDerived(): number;
  /** the request that was made last on behalf of the program */
  lastOperation(): Operation | undefined;
}

export function watchScopes(recorder: Recorder): ScopeWatch {
  const watched = new Map<number, Watched>();
  const origins = new Map<number, Origin>();
  const types = new Map<number, string>();
  const operations = new Map<number, Operation>();
  const tasks = new WeakMap<object, number>();
  let idSymbol: symbol | undefined;
  let isDerivedExpected = false;
  let derived = 0;
  let lastOperation: Operation | undefined;
  /** A wait, unless the next thing to happen is that this promise is resolved: then it only carries the awaited value. */
  let candidate: { readonly asyncId: number; commit(): void } | undefined;
  const commit = (): void => {
    const waiting = candidate;
    candidate = undefined;
    waiting?.commit();
  };
  recorder.onWrite = commit;

  function init(asyncId: number, type: string, triggerAsyncId: number, resource: Resource): void {
    if (recorder.isStopped) return;
    commit();
    if (type === 'PROMISE') {
      idSymbol ??= Object.getOwnPropertySymbols(resource).find(({ description }) => description === 'async_id_symbol');
      if (isDerivedExpected) {
        isDerivedExpected = false;
        derived = asyncId;
      } else if (triggerAsyncId !== executionAsyncId()) {
        // It follows another promise. Where `then` was not called, somebody awaits.
        const found = frames(6);
        const frame = schedulingFrame(found);
        if (frame) {
          recorder.touch();
          const place = placeOfFrame(frame);
          const label = frame.functionName === '' ? 'await' : `await in ${frame.functionName}`;
          const what = { kind: 'microtask', label, place, scheduled: place } as const;
          candidate = {
            asyncId,
            commit() {
              const scheduled = recorder.schedule(what, { waitsFor: triggerAsyncId });
              watched.set(asyncId, { scheduled, resource: undefined, isRepeated: false });
            },
          };
          return;
        }
      }
      origins.set(asyncId, recorder.origin());
      return;
    }
    types.set(asyncId, type);
    const found = frames(14);
    const own = schedulingFrame(found);
    const scheduled = own && schedule(type, resource, own);
    if (scheduled) {
      watched.set(asyncId, scheduled);
      if (type === 'Timeout' || type === 'Immediate') tasks.set(resource, scheduled.scheduled.task);
      return;
    }
    const frame = innermostFrame(found);
    // Of what Node does for something that goes on already, the last line of the program is far away.
    if (frame) recorder.touch(found.length < 14 ? found : undefined);
    origins.set(asyncId, originOf(asyncId, type, found, frame));
  }

  /** @returns undefined for types that are no scheduling of the program's */
  function schedule(type: string, resource: Resource, frame: CallSiteObject): Watched | undefined {
    const scheduled = placeOfFrame(frame);
    const { callback, _onTimeout, _onImmediate, _idleTimeout, _repeat } = resource;
    switch (type) {
      case 'TickObject': {
        recorder.touch();
        const what = {
          kind: 'nextTick',
          label: named('nextTick', callback),
          place: placeOfFunction(callback),
        } as const;
        return { scheduled: recorder.schedule({ ...what, scheduled }), resource: undefined, isRepeated: false };
      }
      case 'Microtask': {
        recorder.touch();
        const what = { kind: 'microtask', label: 'queueMicrotask', place: undefined, scheduled } as const;
        return { scheduled: recorder.schedule(what), resource, isRepeated: false };
      }
      case 'Timeout': {
        recorder.touch();
        const [delayMs, everyMs] = [Number(_idleTimeout), typeof _repeat === 'number' ? _repeat : -1];
        const label = named(`${everyMs < 0 ? 'setTimeout' : 'setInterval'} ${delayMs} ms`, _onTimeout);
        const what = { kind: 'timer', label, place: placeOfFunction(_onTimeout), scheduled } as const;
        return {
          scheduled: recorder.schedule(what, { delayMs, everyMs }),
          resource: undefined,
          isRepeated: everyMs >= 0,
        };
      }
      case 'Immediate': {
        recorder.touch();
        const label = named('setImmediate', _onImmediate);
        const what = { kind: 'immediate', label, place: placeOfFunction(_onImmediate), scheduled } as const;
        return { scheduled: recorder.schedule(what), resource: undefined, isRepeated: false };
      }
      default:
        return undefined;
    }
  }

  function originOf(asyncId: number, type: string, found: readonly CallSiteObject[], frame?: CallSiteObject): Origin {
    const origin = recorder.origin(frame && placeOfFrame(frame));
    if (type === 'WORKER') recorder.unseen('thread');
    if (type === 'PROCESSWRAP') recorder.unseen('process');
    if (type === 'WORKER' || (type === 'MESSAGEPORT' && found[0] !== frame)) return { ...origin, isOfThread: true };
    if (!request.test(type)) return origin;
    let { operation } = origin;
    if (operation === undefined && frame) {
      const label = operationLabel(found[found.indexOf(frame) - 1]);
      const what = { kind: 'io', label, place: undefined, scheduled: placeOfFrame(frame) } as const;
      operation = { scheduled: recorder.schedule(what), requests: 0 };
      lastOperation = operation;
    }
    if (operation === undefined) return origin;
    operation.requests += 1;
    operations.set(asyncId, operation);
    return { ...origin, operation };
  }

  function before(asyncId: number): void {
    if (recorder.isStopped) return;
    commit();
    const task = watched.get(asyncId);
    const type = types.get(asyncId) ?? 'PROMISE';
    const origin = origins.get(asyncId) ?? { event: -1, place: undefined, operation: undefined, isOfThread: false };
    recorder.enter(asyncId, type, origin);
    if (!task || recorder.isInEvent) return;
    const { scheduled, resource, isRepeated } = task;
    if (!isRepeated) watched.delete(asyncId);
    if (resource === undefined) recorder.begin(scheduled);
    else {
      const { callback } = resource;
      recorder.begin({ ...scheduled, label: named(scheduled.label, callback), place: placeOfFunction(callback) });
    }
  }

  function after(asyncId: number): void {
    if (recorder.isStopped) return;
    commit();
    recorder.leave(asyncId);
    const operation = operations.get(asyncId);
    if (operation === undefined) return;
    operations.delete(asyncId);
    operation.requests -= 1;
    if (operation.requests === 0) recorder.drop(operation.scheduled.task);
  }

  function resolve(asyncId: number): void {
    if (candidate?.asyncId === asyncId) {
      candidate = undefined;
      origins.set(asyncId, recorder.origin());
    }
    recorder.resolve(asyncId);
  }

  // An exception in a hook would end the program.
  const guarded =
    <A extends unknown[]>(hook: (...args: A) => void) =>
    (...args: A): void => {
      try {
        hook(...args);
      } catch {
        recorder.stop('broken');
      }
    };
  createHook({
    init: guarded(init),
    before: guarded(before),
    after: guarded(after),
    promiseResolve: guarded(resolve),
  }).enable();

  return {
    promiseId: (promise) => (idSymbol === undefined ? 0 : Number(Reflect.get(promise, idSymbol) ?? 0)),
    taskOf: (resource) => tasks.get(resource),
    expectDerived() {
      isDerivedExpected = true;
      derived = 0;
    },
    takeDerived() {
      isDerivedExpected = false;
      return derived;
    },
    lastOperation: () => lastOperation,
  };
}

/** `setTimeout 10 ms: tick` */
export function named(label: string, callback: unknown): string {
  const name = typeof callback === 'function' ? callback.name : '';
  return typeof name === 'string' && name !== '' ? `${label}: ${name}` : label;
}

/** `fs.readFile`, from the frame of Node's that the program has called. */
function operationLabel(frame: CallSiteObject | undefined): string {
  if (!frame) return 'operation';
  const module = frame.scriptName.replace(/^node:(internal\/)?/, '');
  return `${module}.${frame.functionName.replace(/^Object\./, '') || 'operation'}`;
}
