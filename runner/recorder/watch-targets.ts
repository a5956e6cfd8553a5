// Sees the listeners of event targets (AbortSignal, MessagePort, the program's own): where each was added, and that the runtime
// calls it. A target compares functions, so the one that stands in for a listener is always the same.
import { frames, innermostFrame, placeOfFrame, placeOfFunction } from './call-places.ts';
import { kindOfScope, type Recorder } from './recorder.ts';
import { isListener } from './watch-listeners.ts';

type Listener = (...args: unknown[]) => unknown;
type StandIns = Map<unknown, WeakMap<Listener, Listener>>;

export function watchTargets(recorder: Recorder): void {
  const { prototype } = EventTarget;
  const standIns = new WeakMap<object, StandIns>();

  prototype.addEventListener = new Proxy(prototype.addEventListener, {
    apply: function add(target, self: object, args: Parameters<EventTarget['addEventListener']>) {
      const [type, listener, ...options] = args;
      if (recorder.isStopped || !isListener(listener)) return Reflect.apply(target, self, args);
      const frame = innermostFrame(frames(12, add));
      if (!frame) return Reflect.apply(target, self, args);
      recorder.touch();
      const ofTarget: StandIns = standIns.get(self) ?? new Map();
      standIns.set(self, ofTarget);
      const ofType = ofTarget.get(type) ?? new WeakMap<Listener, Listener>();
      ofTarget.set(type, ofType);
      const scheduled = placeOfFrame(frame);
      const parent = recorder.event;
      const standIn =
        ofType.get(listener) ??
        function (this: unknown, ...values: unknown[]): unknown {
          if (recorder.isStopped || recorder.isInEvent) return Reflect.apply(listener, this, values);
          const kind = kindOfScope(recorder.scopeType);
          recorder.begin({ task: -1, kind, label: `'${type}'`, place: placeOfFunction(listener), scheduled, parent });
          try {
            return Reflect.apply(listener, this, values);
          } finally {
            recorder.end();
          }
        };
      ofType.set(listener, standIn);
      return Reflect.apply(target, self, [type, standIn, ...options]);
    },
  });

  prototype.removeEventListener = new Proxy(prototype.removeEventListener, {
    apply(target, self: object, [type, listener, ...options]: Parameters<EventTarget['removeEventListener']>) {
      const standIn = standIns
        .get(self)
        ?.get(type)
        ?.get(listener as Listener);
      return Reflect.apply(target, self, [type, standIn ?? listener, ...options]);
    },
  });
}
