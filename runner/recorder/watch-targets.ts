// Sees the listeners of event targets (AbortSignal, MessagePort, the program's own): where each was added, and that the runtime
// calls it. A target compares functions, so the one that stands in for a listener is always the same.
import { frames, innermostFrame, isOfNode, placeOfFrame, placeOfFunction } from './call-places.ts';
import type { Place } from './record.ts';
import { kindOfScope, type Recorder } from './recorder.ts';
import { standIn } from './stand-in.ts';
import { isListener } from './watch-listeners.ts';

type Listener = (...args: unknown[]) => unknown;
const { apply: call } = Reflect;

type StandIns = Map<unknown, WeakMap<Listener, Listener>>;

export function watchTargets(recorder: Recorder): void {
  const { prototype } = EventTarget;
  const standIns = new WeakMap<object, StandIns>();

  prototype.addEventListener = standIn(
    prototype.addEventListener,
    (original) =>
      function add(this: object, ...args: Parameters<EventTarget['addEventListener']>) {
        const type = args[0];
        const listener = args[1];
        const inItsPlace = recorder.attempt(() => {
          if (!isListener(ownOf(listener))) return undefined;
          const frame = innermostFrame(frames(12, add));
          if (!frame) return undefined;
          recorder.touch();
          const ofTarget: StandIns = standIns.get(this) ?? new Map();
          standIns.set(this, ofTarget);
          const ofType = ofTarget.get(type) ?? new WeakMap<Listener, Listener>();
          ofTarget.set(type, ofType);
          const known = listener as Listener;
          const found = ofType.get(known) ?? observed(type, known, placeOfFrame(frame));
          ofType.set(known, found);
          return found;
        });
        if (inItsPlace) args[1] = inItsPlace;
        return call(original, this, args);
      },
  );

  function observed(type: string, listener: Listener, scheduled: Place): Listener {
    const parent = recorder.event;
    return function (this: unknown, ...values) {
      return recorder.run(listener, this, values, () => {
        if (recorder.isInEvent) return undefined;
        const kind = kindOfScope(recorder.scopeType);
        return { task: -1, kind, label: `'${type}'`, place: placeOfFunction(ownOf(listener)), scheduled, parent };
      });
    };
  }

  prototype.removeEventListener = standIn(
    prototype.removeEventListener,
    (original) =>
      function (this: object, ...args: Parameters<EventTarget['removeEventListener']>) {
        const inItsPlace = recorder.attempt(() =>
          standIns
            .get(this)
            ?.get(args[0])
            ?.get(args[1] as Listener),
        );
        if (inItsPlace) args[1] = inItsPlace;
        return call(original, this, args);
      },
  );
}

/** What `port.onmessage = handler` adds is a function of Node's that knows the handler. */
function ownOf(listener: unknown): unknown {
  return isOfNode(listener) ? (listener as { readonly handler?: unknown }).handler : listener;
}
