// Sees what an emitter of Node's calls: which listeners the program has added, and when one of them is called by the runtime.
// An emitter that the program lets emit calls its listeners like any function; that is no event of the loop.
import { EventEmitter } from 'node:events';
import process from 'node:process';
import { frames, innermostFrame, placeOfFrame, placeOfFunction } from './call-places.ts';
import { kindOfScope, type Recorder } from './recorder.ts';
import type { Kind, Place } from './record.ts';

interface Registration {
  readonly event: number;
  readonly scheduled: Place;
}

type Registrations = Map<string | symbol, WeakMap<object, Registration>>;

const adders = ['on', 'addListener', 'once', 'prependListener', 'prependOnceListener'] as const;

export function watchListeners(recorder: Recorder): void {
  const { prototype } = EventEmitter;
  const { listeners } = prototype;
  const registrations = new WeakMap<object, Registrations>();

  for (const adder of adders)
    prototype[adder] = new Proxy(prototype[adder], {
      apply(target, self, args: [string | symbol, unknown]) {
        if (!recorder.isStopped) register(self, args[0], args[1]);
        return Reflect.apply(target, self, args);
      },
    });

  function register(emitter: unknown, name: string | symbol, listener: unknown): void {
    if (typeof emitter !== 'object' || emitter === null || typeof listener !== 'function') return;
    const isOurs = placeOfFunction(listener) !== undefined || /^(bound )?(log|error|warn)$/.test(listener.name);
    if (!isOurs) return;
    const frame = innermostFrame(frames(12));
    if (!frame) return;
    recorder.touch();
    let ofEmitter = registrations.get(emitter);
    if (!ofEmitter) registrations.set(emitter, (ofEmitter = new Map()));
    let ofName = ofEmitter.get(name);
    if (!ofName) ofEmitter.set(name, (ofName = new WeakMap()));
    if (!ofName.has(listener)) ofName.set(listener, { event: recorder.event, scheduled: placeOfFrame(frame) });
  }

  prototype.emit = new Proxy(prototype.emit, {
    apply(target, self, args: [string | symbol, ...unknown[]]) {
      if (recorder.isStopped) return Reflect.apply(target, self, args);
      const [name] = args;
      const isProcess = self === process;
      // What was running has thrown.
      if (isProcess && typeof name === 'string' && name.startsWith('uncaughtException')) recorder.endAll();
      // `exit` is emitted in the midst of whoever calls process.exit.
      const isNested = isProcess && name === 'exit';
      const begins = isNested || !recorder.isInEvent ? firstListener(self, name) : undefined;
      if (!begins) {
        if (isNested) recorder.flush();
        return Reflect.apply(target, self, args);
      }
      recorder.begin({
        task: -1,
        kind: kindOf(isProcess, name, recorder.scopeType),
        label: isProcess ? String(name) : `'${String(name)}' of ${className(self)}`,
        place: placeOfFunction(begins.listener),
        scheduled: begins.registration.scheduled,
        parent: begins.registration.event,
      });
      try {
        return Reflect.apply(target, self, args);
      } finally {
        recorder.end();
        // Nothing comes after it.
        if (isNested) recorder.flush();
      }
    },
  });

  function firstListener(
    emitter: EventEmitter,
    name: string | symbol,
  ): { listener: unknown; registration: Registration } | undefined {
    const ofName = registrations.get(emitter)?.get(name);
    if (!ofName) return undefined;
    for (const listener of Reflect.apply(listeners, emitter, [name]) as (() => void)[]) {
      const registration = ofName.get(listener);
      if (registration) return { listener, registration };
    }
    return undefined;
  }
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
