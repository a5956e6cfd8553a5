// Sees the callbacks that are handed to Node's own modules: `fs.readFile(path, callback)`. Where they are called from is seen
// elsewhere; here it is known whose they are.
import childProcess from 'node:child_process';
import crypto from 'node:crypto';
import dns from 'node:dns';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import stream from 'node:stream';
import zlib from 'node:zlib';
import { frames, isOfNode, placeOfFrame, placeOfFunction, schedulingFrame } from './call-places.ts';
import { kindOfScope, type Recorder } from './recorder.ts';
import { standIn } from './stand-in.ts';
import { named, type ScopeWatch } from './watch-scopes.ts';

type Api = (...args: unknown[]) => unknown;

const { apply: call } = Reflect;

const modules: readonly (readonly [string, object])[] = [
  ['fs', fs],
  ['dns', dns],
  ['crypto', crypto],
  ['zlib', zlib],
  ['child_process', childProcess],
  ['stream', stream],
];

/** Functions that call their callback while they run, or are classes, or give an emitter with a listener. */
const left = /Sync$|^[A-Z_]|^(create|watch|unwatch|spawn|fork|constants|promises)/;

export function watchCallbacks(recorder: Recorder, scopes: ScopeWatch): void {
  for (const [module, exports] of modules)
    for (const [name, value] of Object.entries(exports)) {
      if (typeof value !== 'function' || left.test(name)) continue;
      Reflect.set(exports, name, watched(value as Api, `${module}.${name}`));
    }
  // A duplex stream has copies of them.
  for (const { prototype } of [stream.Writable, stream.Duplex]) {
    prototype.write = watched(prototype.write as Api, 'write') as typeof prototype.write;
    prototype.end = watched(prototype.end as Api, 'end') as typeof prototype.end;
  }
  // Named imports of these modules are copies.
  syncBuiltinESMExports();

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
