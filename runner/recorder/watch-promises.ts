// Sees which handler a promise calls: a hook tells that a reaction ran, and not whether there was a handler for that
// outcome. `await` does not come this way; watch-jobs.ts sees it.
import { frames, placeOfFrame, placeOfFunction, schedulingFrame } from './call-places.ts';
import type { Recorder, Scheduled } from './recorder.ts';
import { standIn } from './stand-in.ts';
import type { JobWatch } from './watch-jobs.ts';
import { named, nameOf } from './watch-scopes.ts';

type Handler = (...args: unknown[]) => unknown;

const { apply: call } = Reflect;

export function watchPromises(recorder: Recorder, jobs: JobWatch): void {
  const { prototype } = Promise;
  /** `finally` calls `then` with handlers of its own */
  let isInFinally = false;

  function observed(target: Handler, self: object, first: unknown, second: unknown, label: string): unknown {
    const place = recorder.attempt(() => {
      const frame = schedulingFrame(frames(3, observed));
      if (frame) recorder.touch();
      return frame && placeOfFrame(frame);
    });
    if (!place) return unobserved(target, self, [first, second]);
    let scheduled: Scheduled | undefined;
    const observe = (handler: unknown): unknown => {
      if (typeof handler !== 'function') return handler;
      return (...args: unknown[]): unknown =>
        recorder.run(handler as Handler, undefined, args, () => {
          if (!scheduled || recorder.isInEvent) return undefined;
          return { ...scheduled, label: named(label, handler), place: placeOfFunction(handler) };
        });
    };
    jobs.expectDerived();
    try {
      return call(target, self, [observe(first), observe(second)]);
    } finally {
      const only = typeof first === 'function' ? first : second;
      const derived = jobs.takeDerived();
      scheduled = recorder.attempt(() =>
        recorder.schedule(
          { kind: 'microtask', label: named(label, only), place: placeOfFunction(only), scheduled: place },
          { waitsFor: jobs.idOf(self), derived },
        ),
      );
    }
  }

  /** What this makes is no wait of the program's: nothing of its own is called. */
  function unobserved(target: Handler, self: object, args: readonly unknown[]): unknown {
    jobs.expectDerived();
    try {
      return call(target, self, args);
    } finally {
      jobs.takeDerived();
    }
  }

  // oxlint-disable-next-line no-thenable -- it has one
  prototype.then = standIn(
    prototype.then,
    (original) =>
      function (this: object, ...args: unknown[]) {
        // Not taken apart: a program may have changed how lists are.
        const onFulfilled = args[0];
        const onRejected = args[1];
        const label = isInFinally
          ? undefined
          : recorder.attempt(() => (isHandler(onFulfilled) ? 'then' : isHandler(onRejected) ? 'catch' : undefined));
        if (label === undefined) return unobserved(original as Handler, this, args);
        return observed(original as Handler, this, onFulfilled, onRejected, label);
      },
  );

  prototype.finally = standIn(
    prototype.finally,
    (original) =>
      function (this: object, ...args: unknown[]) {
        if (recorder.isStopped || typeof args[0] !== 'function') return call(original, this, args);
        isInFinally = true;
        try {
          return observed(original as Handler, this, args[0], undefined, 'finally');
        } finally {
          isInFinally = false;
        }
      },
  );
}

/** What Promise.all and its like hand to `then` has no name and no place; what the program hands over has one of them. */
function isHandler(handler: unknown): boolean {
  return typeof handler === 'function' && (nameOf(handler) !== '' || placeOfFunction(handler) !== undefined);
}
