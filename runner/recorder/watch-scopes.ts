// Sees, through async_hooks, what the program schedules and when the runtime runs it: ticks, timers, immediates,
// queueMicrotask, and everything of Node's own that may lead to a callback of the program's. Promises are seen elsewhere.
import { createHook } from 'node:async_hooks';
import { types } from 'node:util';
import {
  calledFrame,
  frames,
  type Frame,
  innermostFrame,
  placeOfFrame,
  placeOfFunction,
  schedulingFrame,
} from './call-places.ts';
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

const { getOwnPropertyDescriptor } = Object;

/** Types that are one request and one answer. Writing is not among them: nobody waits for it in a queue. */
const request = /REQ|CONNECTWRAP|QUERYWRAP|SENDWRAP/;

/** How many frames of Node's lie between the hook and the program, and one more; of all others the whole way is looked at. */
const depths = { TickObject: 5, Immediate: 7, Timeout: 7, Microtask: 8 };

export interface ScopeWatch {
  /** a timer's or an immediate's task, for what is cleared */
  taskOf(resource: object): number | undefined;
  /** the request that was made last on behalf of the program */
  lastOperation(): Operation | undefined;
}

export function watchScopes(recorder: Recorder): ScopeWatch {
  const watched = new Map<number, Watched>();
  const origins = new Map<number, Origin>();
  const typeOf = new Map<number, string>();
  const operations = new Map<number, Operation>();
  const tasks = new WeakMap<object, number>();
  let lastOperation: Operation | undefined;

  function init(asyncId: number, type: string, _trigger: number, resource: Resource): void {
    if (recorder.isStopped) return;
    typeOf.set(asyncId, type);
    const found = frames(type in depths ? depths[type as keyof typeof depths] : 14, init);
    const own = schedulingFrame(found);
    const scheduled = own && schedule(type, resource, own);
    if (scheduled) {
      watched.set(asyncId, scheduled);
      if (type === 'Timeout' || type === 'Immediate') tasks.set(resource, scheduled.scheduled.task);
      return;
    }
    const frame = innermostFrame(found);
    if (frame) recorder.touch();
    origins.set(asyncId, originOf(asyncId, type, found, frame));
  }

  /** @returns undefined for types that are no scheduling of the program's */
  function schedule(type: string, resource: Resource, frame: Frame): Watched | undefined {
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

  function originOf(asyncId: number, type: string, found: readonly Frame[], frame?: Frame): Origin {
    const origin = recorder.origin(frame && placeOfFrame(frame));
    if (type === 'WORKER') recorder.unseen('thread');
    if (type === 'PROCESSWRAP') recorder.unseen('process');
    if (type === 'WORKER' || (type === 'MESSAGEPORT' && isOfWorker(found))) return { ...origin, isOfThread: true };
    if (!request.test(type)) return origin;
    let { operation } = origin;
    if (operation === undefined && frame) {
      const label = operationLabel(calledFrame(found, frame));
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
    const task = watched.get(asyncId);
    const type = typeOf.get(asyncId) ?? '';
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
    recorder.leave(asyncId);
    const operation = operations.get(asyncId);
    if (operation === undefined) return;
    operations.delete(asyncId);
    operation.requests -= 1;
    if (operation.requests === 0) recorder.drop(operation.scheduled.task);
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
    // What sees promises this way shows in them (watch-jobs.ts).
    trackPromises: false,
  }).enable();

  return {
    taskOf: (resource) => tasks.get(resource),
    lastOperation: () => lastOperation,
  };
}

/** `setTimeout 10 ms: tick` */
export function named(label: string, callback: unknown): string {
  const name = nameOf(callback);
  return name === '' ? label : `${label}: ${name}`;
}

/** The name that a function was given; no code of the program's is asked for it. */
export function nameOf(of: unknown): string {
  if (typeof of !== 'function' || types.isProxy(of)) return '';
  const value: unknown = getOwnPropertyDescriptor(of, 'name')?.value;
  return typeof value === 'string' ? value : '';
}

function isOfWorker(found: readonly Frame[]): boolean {
  return found.some((frame) => frame.getFileName() === 'node:internal/worker');
}

/** `fs.readFile`, from the frame of Node's that the program has called. */
function operationLabel(frame: Frame | undefined): string {
  if (!frame) return 'operation';
  const module = (frame.getFileName() ?? '').replace(/^node:(internal\/)?/, '');
  return `${module}.${frame.getFunctionName() ?? 'operation'}`;
}
