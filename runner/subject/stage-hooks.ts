// Loaded into the subject and into each of its workers before anything else (--require): decides what code on the
// stage may import (its own files, Node's modules and packages; never the course's solutions, suites or runner), and
// lets all of TypeScript be imported.
// This keeps honest people honest; it is no sandbox (ARCHITECTURE.md says what gets around it).
import { realpathSync } from 'node:fs';
import { isBuiltin, registerHooks, type ModuleSource } from 'node:module';
import { sep } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { plainJavaScript } from './plain-javascript.ts';
import { refusedCode } from './refusal.ts';

const courseRoot = fileURLToPath(new URL('../../', import.meta.url));
const courseUrl = pathToFileURL(courseRoot).href;
const runner = `${courseRoot}runner${sep}`;
const contents = ['labs', 'solutions', 'test'].map((name) => courseRoot + name + sep);
const open = [
  `${runner}subject${sep}`,
  `${runner}kit${sep}driver.ts`,
  `${runner}explorer${sep}guest${sep}`,
  `${runner}explorer${sep}async${sep}`,
];
const fromTheRoot = `${courseUrl}package.json`;
const runnerUrl = `${courseUrl}runner/`;

/** Under a debugger the learner's files are links to where they really are, which may be in labs/. */
const isLinked = process.execArgv.some((flag) => flag.startsWith('--inspect-wait'));

registerHooks({
  resolve(specifier, context, nextResolve) {
    const isBare = !/^(\.{0,2}\/|\.{1,2}$|[a-z][a-z0-9+.-]*:)/i.test(specifier) && !isBuiltin(specifier);
    if (!isBare || isOfCourse(context.parentURL)) {
      const resolved = nextResolve(specifier, context);
      refuseForbidden(specifier, resolved.url, context.parentURL);
      return resolved;
    }
    return resolvePackage(specifier, (parentURL) => nextResolve(specifier, { ...context, parentURL }));
  },
  // What did not come through `resolve`: the entry of a worker, hooks of the learner's own, old ways of require.
  load(url, context, nextLoad) {
    refuseForbidden(undefined, url, undefined);
    const loaded = nextLoad(url, context);
    if (loaded.format !== 'module-typescript' || url.startsWith(runnerUrl)) return loaded;
    // What Node would do with it, and more (plain-javascript.ts).
    return { format: 'module', source: plainJavaScript(url, textOf(loaded.source)), shortCircuit: true };
  },
});

/** The stage lies outside of the course's folder, where no package would be found. */
function resolvePackage<T extends { url: string }>(specifier: string, resolveFrom: (parentURL: string) => T): T {
  try {
    return resolveFrom(fromTheRoot);
  } catch (error) {
    // Node's own message would name the file that the import was taken to stand in.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw Object.assign(new Error(`Cannot find package '${specifier}'`), { code });
  }
}

function isOfCourse(url: string | undefined): boolean {
  return url === undefined || url.startsWith('node:') || url.startsWith(courseUrl);
}

/** @param parentURL where the import stands; anybody can claim to stand in the course, so that excuses little */
function refuseForbidden(specifier: string | undefined, url: string, parentURL: string | undefined): void {
  if (!url.startsWith('file:')) return;
  const path = real(fileURLToPath(url));
  const isContent = contents.some((folder) => path.startsWith(folder)) && !(isLinked && isOfCourse(parentURL));
  const isRunner = path.startsWith(runner) && !isOfCourse(parentURL) && !open.some((place) => path.startsWith(place));
  if (!isContent && !isRunner) return;
  const named = specifier ?? path.slice(courseRoot.length);
  const error = new Error(`"${named}" belongs to the course and may not be imported by a lab's code`);
  throw Object.assign(error, { code: refusedCode });
}

function textOf(source: ModuleSource | null | undefined): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source ?? undefined);
}

function real(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
