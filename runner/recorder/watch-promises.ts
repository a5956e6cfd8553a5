// Sees which handler a promise calls: a hook tells that a reaction ran, and not whether there was a handler for that
// outcome. `await` does not come this way; watch-jobs.ts sees it.
import { frames, placeOfFrame, placeOfFunction, schedulingFrame } from './call-places.ts';
import type { Recorder, Scheduled } from './recorder.ts';
import type { JobWatch } from './watch-jobs.ts';
import { named } from './watch-scopes.ts';

type Handler = (...args: unknown[]) => unknown;

export function watchPromises(recorder: Recorder, jobs: JobWatch): void {
  const { prototype } = Promise;
  /** `finally` calls `then` with handlers of its own */
  let isInFinally = false;

  function observed(target: Handler, self: object, handlers: readonly unknown[], label: string): unknown {
    const frame = schedulingFrame(frames(3, observed));
    if (!frame) return unobserved(target, self, handlers);
    recorder.touch();
    let scheduled: Scheduled | undefined;
    const observe = (handler: unknown): unknown => {
      if (typeof handler !== 'function') return handler;
      return (...args: unknown[]): unknown => {
        if (!scheduled || recorder.isInEvent) return Reflect.apply(handler, undefined, args);
        recorder.begin({ ...scheduled, label: named(label, handler), place: placeOfFunction(handler) });
        try {
          return Reflect.apply(handler, undefined, args);
        } finally {
          recorder.end();
        }
      };
    };
    jobs.expectDerived();
    try {
      return Reflect.apply(target, self, handlers.map(observe));
    } finally {
      const only = handlers.find((handler) => typeof handler === 'function');
      scheduled = recorder.schedule(
        { kind: 'microtask', label: named(label, only), place: placeOfFunction(only), scheduled: placeOfFrame(frame) },
        { waitsFor: jobs.idOf(self), derived: jobs.takeDerived() },
      );
    }
  }

  /** What this makes is no wait of the program's: nothing of its own is called. */
  function unobserved(target: Handler, self: object, args: readonly unknown[]): unknown {
    jobs.expectDerived();
    try {
      return Reflect.apply(target, self, args);
    } finally {
      jobs.takeDerived();
    }
  }

  // oxlint-disable-next-line no-thenable -- it has one
  prototype.then = new Proxy(prototype.then, {
    apply(target, self, args: unknown[]) {
      const [onFulfilled, onRejected] = args;
      const isWatched = !recorder.isStopped && !isInFinally && (isHandler(onFulfilled) || isHandler(onRejected));
      if (!isWatched) return unobserved(target as Handler, self, args);
      return observed(target as Handler, self, args.slice(0, 2), isHandler(onFulfilled) ? 'then' : 'catch');
    },
  });

  prototype.finally = new Proxy(prototype.finally, {
    apply(target, self, args: unknown[]) {
      if (recorder.isStopped || typeof args[0] !== 'function') return Reflect.apply(target, self, args);
      isInFinally = true;
      try {
        return observed(target as Handler, self, args.slice(0, 1), 'finally');
      } finally {
        isInFinally = false;
      }
    },
  });
}

/** What Promise.all and its like hand to `then` has no name and no place; what the program hands over has one of them. */
function isHandler(handler: unknown): boolean {
  return typeof handler === 'function' && (handler.name !== '' || placeOfFunction(handler) !== undefined);
}
