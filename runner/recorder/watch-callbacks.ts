// Sees the callbacks that are handed to Node's own modules: `fs.readFile(path, callback)`. Where they are called from is seen
// elsewhere; here it is known whose they are.
import fs from 'node:fs';
import { createRequire, registerHooks, syncBuiltinESMExports } from 'node:module';
import stream from 'node:stream';
import { frames, isOfNode, placeOfFrame, placeOfFunction, schedulingFrame } from './call-places.ts';
import { kindOfScope, type Recorder } from './recorder.ts';
import { standIn } from './stand-in.ts';
import { named, type ScopeWatch } from './watch-scopes.ts';

type Api = (...args: unknown[]) => unknown;

const { apply: call } = Reflect;

/** Not in every program, as fs and stream are: they are loaded, and wrapped, when the program asks for them. */
const loadedLate = ['dns', 'crypto', 'zlib', 'child_process'];

/** Functions that call their callback while they run, or are classes, or give an emitter with a listener. */
const left = /Sync$|^[A-Z_]|^(create|watch|unwatch|spawn|fork|constants|promises)/;

export function watchCallbacks(recorder: Recorder, scopes: ScopeWatch): void {
  wrap('fs', fs);
  wrap('stream', stream);
  // A duplex stream has copies of them.
  for (const { prototype } of [stream.Writable, stream.Duplex]) {
    prototype.write = watched(prototype.write as Api, 'write') as typeof prototype.write;
    prototype.end = watched(prototype.end as Api, 'end') as typeof prototype.end;
  }
  // Named imports of these modules are copies.
  syncBuiltinESMExports();

  const require = createRequire(import.meta.url);
  const waiting = new Map(loadedLate.map((name) => [`node:${name}`, name]));
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      const name = waiting.get(resolved.url);
      if (name !== undefined) {
        waiting.delete(resolved.url);
        recorder.attempt(() => {
          wrap(name, require(resolved.url) as object);
          syncBuiltinESMExports();
        });
      }
      return resolved;
    },
  });

  function wrap(module: string, exports: object): void {
    for (const [name, value] of Object.entries(exports)) {
      if (typeof value !== 'function' || left.test(name)) continue;
      Reflect.set(exports, name, watched(value as Api, `${module}.${name}`));
    }
  }

  function watched(api: Api, label: string): Api {
    return standIn(
      api,
      (original) =>
        function observe(this: object, ...args: unknown[]) {
          const callback = args[args.length - 1];
          if (typeof callback !== 'function') return call(original, this, args);
          const scheduled = recorder.attempt(() => {
            // Where Node's modules work through a function of the program's (a `write` of its own), the callback is theirs.
            if (isOfNode(callback)) return undefined;
            const frame = schedulingFrame(frames(5, observe));
            if (!frame) return undefined;
            recorder.touch();
            return { scheduled: placeOfFrame(frame), parent: recorder.event };
          });
          if (!scheduled) return call(original, this, args);
          const earlier = scopes.lastOperation();
          let task = -1;
          const observed = function (this: unknown, ...results: unknown[]): unknown {
            return recorder.run(callback as Api, this, results, () => {
              if (recorder.isInEvent) return undefined;
              const kind = kindOfScope(recorder.scopeType);
              return { task, kind, label: named(label, callback), place: placeOfFunction(callback), ...scheduled };
            });
          };
          try {
            args[args.length - 1] = observed;
            return call(original, this, args);
          } finally {
            const made = scopes.lastOperation();
            if (made && made !== earlier) ({ task } = made.scheduled);
          }
        },
    );
  }
}
