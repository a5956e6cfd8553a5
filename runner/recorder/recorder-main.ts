// Loaded into a traced program before its first line (--require). The program must not be able to tell: it runs in the same
// order, prints the same and ends alike. So this waits for nothing, schedules nothing, and takes back what it was told by.
// Neither this nor what it imports may import node:process, which opens standard input and schedules a tick for it.
import { realpathSync } from 'node:fs';
import { createRequire, registerHooks, stripTypeScriptTypes, syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { plainJavaScript } from '../subject/plain-javascript.ts';
import { hideOwnFrames, loadedSources, movedScripts } from './call-places.ts';
import { cacheFolder, cacheVariable, recordVariable } from './record.ts';
import { Recorder } from './recorder.ts';
import { standIn } from './stand-in.ts';
import { watchCallbacks } from './watch-callbacks.ts';
import { watchJobs } from './watch-jobs.ts';
import { watchListeners } from './watch-listeners.ts';
import { watchOutput } from './watch-output.ts';
import { watchPromises } from './watch-promises.ts';
import { watchTargets } from './watch-targets.ts';
import { watchScopes, type ScopeWatch } from './watch-scopes.ts';

const { apply: call } = Reflect;

const file = process.env[recordVariable];
// Threads and forked processes are given the same flags; theirs is not recorded.
if (isMainThread && file !== undefined) {
  delete process.env[recordVariable];
  if (process.env[cacheVariable] === cacheFolder) delete process.env[cacheVariable];
  const own = process.execArgv.findIndex((flag) => flag.startsWith('--require=') && flag.endsWith('recorder-main.ts'));
  if (own >= 0) process.execArgv.splice(own, 1);
  // What is required shows in a list of the program's.
  Reflect.deleteProperty(createRequire(import.meta.url).cache, fileURLToPath(import.meta.url));
  record(realpathSync(file));
}

function record(main: string): void {
  const recorder = new Recorder(main);
  watchLoading(recorder, main);
  hideOwnFrames();
  const scopes = watchScopes(recorder);
  watchOutput(recorder);
  watchCallbacks(recorder, scopes);
  watchListeners(recorder);
  watchTargets(recorder);
  watchClearing(recorder, scopes);
  watchPromises(recorder, watchJobs(recorder));
  watchEnd(recorder);
}

/** Remembers the sources; and what Node's own stripping refuses would not run at all without the course. */
function watchLoading(recorder: Recorder, main: string): void {
  const mainUrl = pathToFileURL(main).href;
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (url === mainUrl) recorder.attempt(() => recorder.enterMain());
      if (loaded.source === undefined || loaded.source === null || !url.startsWith('file:')) return loaded;
      const text = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
      loadedSources.set(url, text);
      if (!/\.[cm]?ts$/.test(url) || !isRefused(text)) return loaded;
      const source = recorder.aside(() => plainJavaScript(url, text));
      loadedSources.set(url, source);
      movedScripts.add(fileURLToPath(url));
      // Without a format Node looks at the text to tell a module from a CommonJS one, and still can.
      return { ...loaded, format: loaded.format?.replace('-typescript', ''), source };
    },
  });
}

/** enum, parameter properties, namespaces: looked at twice only where there may be one. */
function isRefused(text: string): boolean {
  if (!/\b(enum|namespace|module|private|protected|public|readonly|import\s+\w+\s*=)\b/.test(text)) return false;
  const { emitWarning } = process;
  try {
    // It would say that it is experimental, in the program's name.
    process.emitWarning = () => {};
    stripTypeScriptTypes(text);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX';
  } finally {
    process.emitWarning = emitWarning;
  }
}

function watchClearing(recorder: Recorder, scopes: ScopeWatch): void {
  for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate'] as const) {
    const wrapped = standIn(
      timers[name],
      (original) =>
        function (this: object, ...args: unknown[]) {
          const handle = args[0];
          recorder.attempt(() => {
            const task = typeof handle === 'object' && handle !== null ? scopes.taskOf(handle) : undefined;
            if (task !== undefined) recorder.drop(task);
          });
          return call(original, this, args);
        },
    );
    Reflect.set(timers, name, wrapped);
    const { value: _, ...rest } = Object.getOwnPropertyDescriptor(globalThis, name) ?? { writable: true };
    Object.defineProperty(globalThis, name, { ...rest, value: wrapped });
  }
  syncBuiltinESMExports();
}

/** What ends the program ends it at once. */
function watchEnd(recorder: Recorder): void {
  for (const name of ['reallyExit', 'abort', 'kill', '_kill'] as const) {
    const end = Reflect.get(process, name) as unknown;
    if (typeof end !== 'function') continue;
    Reflect.set(
      process,
      name,
      standIn(
        end as () => void,
        (original) =>
          function (this: object, ...args: unknown[]) {
            recorder.flush();
            return call(original, this, args) as unknown;
          },
      ),
    );
  }
}
