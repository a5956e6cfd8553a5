// Where the program's own code stands, from the stack and from functions. It runs inside of the traced program, so it takes
// what it needs before the program can change it. Nothing here knows what is recorded.
import { findSourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import type { Place } from './record.ts';

/** A frame of the stack as V8 knows it; Node's types do not know the last two yet. */
export type Frame = NodeJS.CallSite & {
  readonly getEnclosingLineNumber?: () => number | null;
  readonly getEnclosingColumnNumber?: () => number | null;
};

type PrepareStackTrace = (error: Error, frames: NodeJS.CallSite[]) => unknown;

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

/** The names of the scripts of functions by their numbers; Node's own have an empty one. */
const scriptNames = new Map<number, string>();
const lineStarts = new Map<number, readonly number[]>();

const printed = Error.prepareStackTrace as PrepareStackTrace | undefined;
let isAsking = false;

/**
 * Node asks this how a stack is printed. A stack that the program prints is the one that it would have without us (a
 * callbackTrampoline is there for async_hooks); and while we ask, it hands out the frames themselves, at half the price of
 * util.getCallSites.
 */
function prepareStackTrace(error: Error, found: NodeJS.CallSite[]): unknown {
  if (isAsking) return found;
  const shown: NodeJS.CallSite[] = [];
  for (let index = 0; index < found.length; index++) {
    const frame = found[index];
    if (frame && !isAddedByUs(frame)) shown[shown.length] = frame;
  }
  return printed?.(error, shown);
}

function isAddedByUs(frame: NodeJS.CallSite): boolean {
  try {
    return ownerOf(frame) === 'recorder' || frame.getFunctionName() === 'callbackTrampoline';
  } catch {
    // The program has changed what that needs.
    return false;
  }
}

/** From here on stacks show nothing of the recorder. */
export function hideOwnFrames(): void {
  setPrepareStackTrace(prepareStackTrace);
}

const { captureStackTrace } = Error;
const { defineProperty, set } = Reflect;

function setPrepareStackTrace(value: unknown): void {
  defineProperty(Error, 'prepareStackTrace', { value, writable: true, configurable: true, enumerable: false });
}

/**
 * The innermost frames; fewer where the program has closed the way to them.
 * @param below the function of the recorder above which nothing is of interest
 */
export function frames(count: number, below: (...args: never[]) => unknown): readonly Frame[] {
  const { stackTraceLimit } = Error;
  const prepare = Error.prepareStackTrace;
  const asked: { stack?: unknown } = {};
  // The program may have a way of its own to print stacks.
  if (prepare !== prepareStackTrace) setPrepareStackTrace(prepareStackTrace);
  isAsking = true;
  // Unlike an assignment this does not throw where Error is frozen.
  set(Error, 'stackTraceLimit', count);
  try {
    captureStackTrace(asked, below);
    return Array.isArray(asked.stack) ? (asked.stack as readonly Frame[]) : [];
  } finally {
    isAsking = false;
    set(Error, 'stackTraceLimit', stackTraceLimit);
    if (prepare !== prepareStackTrace) setPrepareStackTrace(prepare);
  }
}

type Owner = 'program' | 'scheduler' | 'node' | 'recorder' | 'built-in';

/** What of Node lies between the program and the moment when something of its is scheduled, and nothing else. */
const schedulers = new Set([
  'node:internal/async_hooks',
  'node:async_hooks',
  'node:internal/process/task_queues',
  'node:internal/timers',
  'node:timers',
]);

const owners = new Map<string, Owner>();

function ownerOf(frame: Frame): Owner {
  // Array.forEach, Promise.all.
  const name = frame.getFileName();
  if (!name) return 'built-in';
  let owner = owners.get(name);
  if (owner === undefined) {
    if (ownScripts.some((own) => name.startsWith(own))) owner = 'recorder';
    else if (name.startsWith('node:')) owner = schedulers.has(name) ? 'scheduler' : 'node';
    else owner = name.startsWith('evalmachine.') ? 'node' : 'program';
    owners.set(name, owner);
  }
  return owner;
}

/** Code of the program and its imports, as opposed to Node's. What awaits further out has not called anybody. */
function isOfProgram(frame: Frame): boolean {
  return ownerOf(frame) === 'program' && !frame.isAsync();
}

/**
 * The frame of the program that scheduled something itself: Node on its behalf is not it.
 * @param found best just as many as there usually are between: then only the last two are looked at
 */
export function schedulingFrame(found: readonly Frame[]): Frame | undefined {
  const [last, before] = [found.at(-1), found.at(-2)];
  if (last && before && isOfProgram(last) && ownerOf(before) === 'scheduler') return last;
  for (const frame of found) {
    if (isOfProgram(frame)) return frame;
    if (ownerOf(frame) === 'node') return undefined;
  }
  return undefined;
}

/** The function of Node's that the program has called, by which something is being made. */
export function calledFrame(found: readonly Frame[], program: Frame): Frame | undefined {
  return found.slice(0, found.indexOf(program)).findLast((frame) => ['node', 'scheduler'].includes(ownerOf(frame)));
}

/** The innermost frame of the program, whatever of Node lies on top of it. */
export function innermostFrame(found: readonly Frame[]): Frame | undefined {
  return found.find(isOfProgram);
}

/** The function of the program that the runtime has called. */
export function outermostFrame(found: readonly Frame[]): Frame | undefined {
  return found.findLast(isOfProgram);
}

/** The line that a frame stands on. */
export function placeOfFrame(frame: Frame): Place {
  return placeIn(frame.getFileName() ?? '', frame.getLineNumber() ?? 1, frame.getColumnNumber() ?? 1);
}

/** The line on which the function of a frame begins, or where that is not known, on which it stands. */
export function startOfFrame(frame: Frame): Place {
  const [line, column] = [frame.getEnclosingLineNumber?.(), frame.getEnclosingColumnNumber?.()];
  return line && column ? placeIn(frame.getFileName() ?? '', line, column) : placeOfFrame(frame);
}

const files = new Map<string, string>();

function fileOf(scriptName: string): string {
  let file = files.get(scriptName);
  if (file === undefined) {
    file = scriptName.startsWith('file:') ? fileURLToPath(scriptName) : scriptName;
    files.set(scriptName, file);
  }
  return file;
}

function placeIn(scriptName: string, line: number, column: number): Place {
  const file = fileOf(scriptName);
  if (!movedScripts.has(file)) return { file, line };
  const entry = findSourceMap(file)?.findEntry(line - 1, column - 1);
  return { file, line: entry !== undefined && 'originalLine' in entry ? entry.originalLine + 1 : line };
}

/** Whether a function is JavaScript of Node's own. */
export function isOfNode(of: unknown): boolean {
  if (natives === undefined) return false;
  const scriptId = natives.scriptId(of);
  return scriptId >= 0 && scriptName(scriptId, of) === '';
}

/** Where a function of the program begins; undefined for one of Node's, and for what is bound or built in. */
export function placeOfFunction(of: unknown): Place | undefined {
  if (typeof of !== 'function' || natives === undefined) return undefined;
  const scriptId = natives.scriptId(of);
  if (scriptId < 0) return undefined;
  const name = scriptName(scriptId, of);
  if (name === '') return undefined;
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

/** A script is known by its text. What was not loaded as a module is Node's. */
function scriptName(scriptId: number, of: unknown): string {
  const known = scriptNames.get(scriptId);
  if (known !== undefined) return known;
  const name = nameOfSource(natives?.source(of) ?? '') ?? '';
  scriptNames.set(scriptId, name);
  return name;
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
