// Sees what an emitter of Node's calls: which listeners the program has added, and when one of them is called by the runtime.
// An emitter that the program lets emit calls its listeners like any function; that is no event of the loop.
import { EventEmitter } from 'node:events';
import { frames, innermostFrame, placeOfFrame, placeOfFunction } from './call-places.ts';
import { kindOfScope, type Recorder, type Scheduled } from './recorder.ts';
import { standIn } from './stand-in.ts';
import { nameOf } from './watch-scopes.ts';
import type { Kind, Place } from './record.ts';

const { apply: call } = Reflect;

type Listener = ((...args: unknown[]) => unknown) & { readonly listener?: Listener };

interface Registration {
  /** the event that has added it */
  readonly parent: number;
  readonly scheduled: Place;
}

type Registrations = Map<string | symbol, WeakMap<object, Registration>>;

const adders = ['on', 'addListener', 'once', 'prependListener', 'prependOnceListener'] as const;

export function watchListeners(recorder: Recorder): void {
  const { prototype } = EventEmitter;
  const registrations = new WeakMap<object, Registrations>();

  for (const adder of adders)
    prototype[adder] = standIn(
      prototype[adder],
      (original) =>
        function (this: object, ...args: [string | symbol, unknown]) {
          recorder.attempt(() => register(this, args[0], args[1]));
          return call(original, this, args);
        },
    );

  function register(emitter: unknown, name: string | symbol, listener: unknown): void {
    if (typeof emitter !== 'object' || emitter === null || !isListener(listener)) return;
    const frame = innermostFrame(frames(12, register));
    if (!frame) return;
    recorder.touch();
    let ofEmitter = registrations.get(emitter);
    if (!ofEmitter) registrations.set(emitter, (ofEmitter = new Map()));
    let ofName = ofEmitter.get(name);
    if (!ofName) ofEmitter.set(name, (ofName = new WeakMap()));
    if (!ofName.has(listener)) ofName.set(listener, { parent: recorder.event, scheduled: placeOfFrame(frame) });
  }

  prototype.emit = standIn(
    prototype.emit,
    (original) =>
      function (this: EventEmitter, ...args: [string | symbol, ...unknown[]]) {
        if (recorder.isStopped) return call(original, this, args);
        const name = args[0];
        const isProcess = this === process;
        // What was running has thrown.
        if (
          isProcess &&
          typeof name === 'string' &&
          (name === 'uncaughtException' || name === 'uncaughtExceptionMonitor')
        )
          recorder.attempt(() => recorder.endAll());
        // `exit` is emitted in the midst of whoever calls process.exit.
        const isNested = isProcess && name === 'exit';
        const isOutermost = isNested || !recorder.isInEvent;
        const restore = isOutermost ? recorder.attempt(() => observeListeners(this, name)) : undefined;
        try {
          return call(original, this, args);
        } finally {
          restore?.();
          // Nothing comes after it.
          if (isNested) recorder.flush();
        }
      },
  );

  /**
   * Lets the emission that follows begin an event with each listener of the program's. The emitter looks its listeners up once,
   * before it calls the first: by then its own list is back.
   * @returns what puts it back, where none is called
   */
  function observeListeners(emitter: EventEmitter, name: string | symbol): (() => void) | undefined {
    const ofName = registrations.get(emitter)?.get(name);
    // oxlint-disable-next-line no-underscore-dangle -- so Node calls it
    const lists = (emitter as unknown as { readonly _events?: { [name: string | symbol]: unknown } })._events;
    const listed = lists?.[name];
    if (!ofName || !lists || !listed) return undefined;
    const restore = (): void => {
      if (lists[name] === observed) lists[name] = listed;
    };
    const observe = (raw: Listener): Listener => {
      // `once` has put a function of Node's around it.
      const listener = raw.listener ?? raw;
      const registration = ofName.get(listener);
      const observing = function (this: unknown, ...values: unknown[]): unknown {
        restore();
        return recorder.run(
          raw,
          this,
          values,
          () => registration && { ...describe(emitter, name), place: placeOfFunction(listener), ...registration },
        );
      };
      return observing;
    };
    const observed = Array.isArray(listed) ? (listed as Listener[]).map(observe) : observe(listed as Listener);
    lists[name] = observed;
    return restore;
  }

  function describe(emitter: EventEmitter, name: string | symbol): Pick<Scheduled, 'task' | 'kind' | 'label'> {
    const isProcess = emitter === process;
    const label = isProcess ? String(name) : `'${String(name)}' of ${className(emitter)}`;
    return { task: -1, kind: kindOf(isProcess, name, recorder.scopeType), label };
  }
}

/** Whether a function is the program's own, or what it may well hand over of Node's. Node's modules listen to their own, too. */
export function isListener(listener: unknown): listener is (...args: unknown[]) => unknown {
  if (typeof listener !== 'function') return false;
  return placeOfFunction(listener) !== undefined || /^(bound )?(log|error|warn)$/.test(nameOf(listener));
}

function kindOf(isProcess: boolean, name: string | symbol, scopeType: string): Kind {
  if (isProcess) return name === 'message' ? 'message' : 'process';
  const kind = kindOfScope(scopeType);
  return kind === 'io' && name === 'close' ? 'close' : kind;
}

function className(emitter: object): string {
  try {
    return String(emitter.constructor.name);
  } catch {
    return 'an emitter';
  }
}
