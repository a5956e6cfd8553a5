// Where the program's own code stands, from the stack and from functions. It runs inside of the traced program, so it takes
// what it needs before the program can change it. Nothing here knows what is recorded.
import { findSourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { getCallSites, type CallSiteObject } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import type { Place } from './record.ts';

const { defineProperties, defineProperty } = Object;

/** Frames of the recorder itself lie here. */
const ownFolder = new URL('./', import.meta.url);
const ownScripts = [ownFolder.href, fileURLToPath(ownFolder)];

/** Scripts whose lines moved on the way to JavaScript: enums and the like (plain-javascript.ts). */
export const movedScripts = new Set<string>();

/** The modules of the program by their URL, as they were loaded. */
export const loadedSources = new Map<string, string>();

interface Natives {
  /** -1 for what is no function of JavaScript: built in, bound, a proxy */
  scriptId(of: unknown): number;
  /** characters from the script's start to the function's */
  position(of: unknown): number;
  source(of: unknown): string;
}

/**
 * V8 knows where each function begins, and says so to nobody but its inspector and its own test syntax. The syntax is
 * allowed for as long as these three lines are compiled, so no program can tell.
 */
const natives = compileNatives();

function compileNatives(): Natives | undefined {
  setFlagsFromString('--allow-natives-syntax');
  try {
    // oxlint-disable-next-line no-implied-eval -- no module could be read elsewhere with this syntax in it
    const compile = (name: string) => new Function('of', `return %${name}(of)`);
    const compiled = {
      scriptId: compile('FunctionGetScriptId'),
      position: compile('FunctionGetScriptSourcePosition'),
      source: compile('FunctionGetScriptSource'),
    } as unknown as Natives;
    // V8 compiles late: each is called once while the syntax is allowed.
    compiled.scriptId(compileNatives);
    compiled.position(compileNatives);
    compiled.source(compileNatives);
    return compiled;
  } catch {
    return undefined;
  } finally {
    setFlagsFromString('--no-allow-natives-syntax');
  }
}

/** The names of scripts by their numbers, as far as frames have shown them. */
const scriptNames = new Map<number, string>();
const lineStarts = new Map<number, readonly number[]>();

/** The innermost frames, without those of the recorder. */
export function frames(count: number): CallSiteObject[] {
  const found: CallSiteObject[] = [];
  // What asks is itself on the stack, several frames of it.
  for (const site of getCallSites(count + 4)) {
    const { scriptId, scriptName } = site;
    if (isOwn(scriptName)) continue;
    if (!scriptNames.has(Number(scriptId))) scriptNames.set(Number(scriptId), scriptName);
    found.push(site);
  }
  return found;
}

/** The function that is about to wait: the one that called what has called this. */
export function awaitingFrame(): CallSiteObject | undefined {
  // Of a wait nothing of Node's lies between. Each frame more costs.
  const frame = getCallSites(4).find(({ scriptName }) => !isOwn(scriptName));
  if (frame === undefined || !isOfProgram(frame.scriptName)) return undefined;
  scriptNames.set(Number(frame.scriptId), frame.scriptName);
  return frame;
}

const owns = new Map<string, boolean>();

function isOwn(scriptName: string): boolean {
  let isKnown = owns.get(scriptName);
  if (isKnown === undefined) {
    isKnown = ownScripts.some((own) => scriptName.startsWith(own));
    owns.set(scriptName, isKnown);
  }
  return isKnown;
}

/** Code of the program and its imports, as opposed to Node's. */
export function isOfProgram(scriptName: string): boolean {
  return (
    scriptName !== '' && !scriptName.startsWith('node:') && !scriptName.startsWith('evalmachine.') && !isOwn(scriptName)
  );
}

/** What of Node lies between the program and the moment when something of its is scheduled, and nothing else. */
const schedulers = new Set([
  'node:internal/async_hooks',
  'node:async_hooks',
  'node:internal/process/task_queues',
  'node:internal/timers',
  'node:timers',
]);

/** The frame of the program that scheduled something itself: Node on its behalf is not it. */
export function schedulingFrame(found: readonly CallSiteObject[]): CallSiteObject | undefined {
  for (const frame of found) {
    if (isOfProgram(frame.scriptName)) return frame;
    if (!schedulers.has(frame.scriptName)) return undefined;
  }
  return undefined;
}

/** The innermost frame of the program, whatever of Node lies on top of it. */
export function innermostFrame(found: readonly CallSiteObject[]): CallSiteObject | undefined {
  return found.find(({ scriptName }) => isOfProgram(scriptName));
}

/** The line that a frame stands on. */
export function placeOfFrame({ scriptName, lineNumber, columnNumber }: CallSiteObject): Place {
  return placeIn(scriptName, lineNumber, columnNumber);
}

function placeIn(scriptName: string, line: number, column: number): Place {
  const file = scriptName.startsWith('file:') ? fileURLToPath(scriptName) : scriptName;
  if (!movedScripts.has(file)) return { file, line };
  const entry = findSourceMap(file)?.findEntry(line - 1, column - 1);
  return { file, line: entry !== undefined && 'originalLine' in entry ? entry.originalLine + 1 : line };
}

/**
 * Where the outermost function of the program on the stack begins: it is the one that the runtime has called. Undefined
 * where the program has closed the way to it.
 */
export function outermostFunction(): Place | undefined {
  try {
    const site = callSites().findLast((found) => !found.isAsync() && isOfProgram(found.getFileName() ?? ''));
    const [line, column] = [site?.getEnclosingLineNumber(), site?.getEnclosingColumnNumber()];
    return site && line && column ? placeIn(site.getFileName() ?? '', line, column) : undefined;
  } catch {
    return undefined;
  }
}

/** The stack in a form that knows where functions begin. Only what prints stacks is told of it. */
function callSites(): readonly NodeJS.CallSite[] {
  const settings = ['prepareStackTrace', 'stackTraceLimit'] as const;
  const kept = settings.map((name) => Object.getOwnPropertyDescriptor(Error, name));
  let sites: readonly NodeJS.CallSite[] = [];
  const prepareStackTrace = (_: Error, found: readonly NodeJS.CallSite[]): string => {
    sites = found;
    return '';
  };
  try {
    defineProperties(Error, {
      prepareStackTrace: { value: prepareStackTrace, configurable: true },
      stackTraceLimit: { value: 60, configurable: true },
    });
    void new Error().stack;
  } finally {
    for (const [index, name] of settings.entries()) {
      const descriptor = kept[index];
      if (descriptor) defineProperty(Error, name, descriptor);
      else Reflect.deleteProperty(Error, name);
    }
  }
  return sites;
}

/** Where a function of the program begins; undefined for one of Node's, and for what is bound or built in. */
export function placeOfFunction(of: unknown): Place | undefined {
  if (typeof of !== 'function' || natives === undefined) return undefined;
  const scriptId = natives.scriptId(of);
  if (scriptId < 0) return undefined;
  const name = scriptName(scriptId, of);
  if (name === undefined || !isOfProgram(name)) return undefined;
  const offset = natives.position(of);
  const starts = startsOf(scriptId, of);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return placeIn(name, low + 1, offset - (starts[low] ?? 0) + 1);
}

function startsOf(scriptId: number, of: unknown): readonly number[] {
  let starts = lineStarts.get(scriptId);
  if (starts) return starts;
  const source = natives?.source(of) ?? '';
  const found = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) found.push(at + 1);
  starts = found;
  lineStarts.set(scriptId, starts);
  return starts;
}

/** A script that no frame has shown yet is known by its text. What was not loaded as a module is Node's. */
function scriptName(scriptId: number, of: unknown): string | undefined {
  if (!scriptNames.has(scriptId)) scriptNames.set(scriptId, nameOfSource(natives?.source(of) ?? '') ?? 'node:unknown');
  return scriptNames.get(scriptId);
}

function nameOfSource(source: string): string | undefined {
  for (const [url, text] of loadedSources) if (text === source || isStripped(source, text)) return url;
  return undefined;
}

/** Stripping leaves every character where it was, or blanks it. */
function isStripped(source: string, text: string): boolean {
  if (source.length < text.length) return false;
  for (let at = 0; at < text.length; at++) {
    const code = source.charCodeAt(at);
    if (code !== text.charCodeAt(at) && code !== space && code !== semicolon) return false;
  }
  return true;
}

const space = 32;
const semicolon = 59;
