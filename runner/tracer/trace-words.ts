// The words for what is in a trace: kinds, times, places, endings. Pure. Labels, paths and output are a program's own text
// and come out escaped.
import { dirname, isAbsolute, relative, sep } from 'node:path';
import { escapeLine, escapeText } from '../terminal/escape.ts';
import type { Style } from '../terminal/style.ts';
import type { Kind, Place, TraceEnding } from './trace.ts';

/** The name of each kind says it all; the colour only helps to find it. */
export function paintKind(
  kind: Kind,
  { keyword, accent, warning, good, quiet, strong }: Style,
): (text: string) => string {
  switch (kind) {
    case 'script':
      return strong;
    case 'nextTick':
    case 'microtask':
      return keyword;
    case 'timer':
      return warning;
    case 'immediate':
      return good;
    case 'io':
    case 'message':
      return accent;
    case 'close':
    case 'process':
      return quiet;
  }
}

/** A moment, since the program's start: `1,012.3`. */
export function moment(ms: number): string {
  return fixed(ms, 1);
}

/** How long something took: `0.04 ms`, `87.2 ms`, `1,012 ms`. */
export function duration(ms: number): string {
  return `${fixed(ms, ms < 10 ? 2 : ms < 1_000 ? 1 : 0)} ms`;
}

/** Intl would do the same, and a timeline of 100,000 callbacks would take seconds longer. */
function fixed(value: number, decimals: number): string {
  return value.toFixed(decimals).replace(/^\d{4,}/, (whole) => whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ','));
}

export interface PathView {
  /** the program, absolute */
  readonly file: string;
  /** where the learner's shell is, absolute */
  readonly cwd: string;
}

/** From a folder down, or absolute where it lies elsewhere. */
export function pathText(path: string, folder: string): string {
  const short = relative(folder, path);
  const isBelow = short !== '' && short !== '..' && !short.startsWith(`..${sep}`) && !isAbsolute(short);
  return escapeLine(isBelow ? short : path);
}

/** A file beside the program or below is known by its path from there, another one by its path from the shell's folder. */
function fileText(path: string, { file, cwd }: PathView): string {
  const near = pathText(path, dirname(file));
  return near === escapeLine(path) ? pathText(path, cwd) : near;
}

/** `lab.ts:12` */
export function placeText({ file, line }: Place, view: PathView): string {
  return `${fileText(file, view)}:${line}`;
}

/** What was printed, as lines; nothing is left in them that a terminal would obey. */
export function outputLines(text: string): string[] {
  if (text === '') return [];
  return escapeText(text.replaceAll('\r\n', '\n').replace(/\n$/, '').replaceAll('\t', '  ')).split('\n');
}

/** A sentence. */
export function endingText(ending: TraceEnding): string {
  switch (ending.kind) {
    case 'exit':
      return `The program ended with exit code ${ending.code}.`;
    case 'signal':
      return `The program was ended by ${ending.signal}.`;
    case 'stopped':
      return stoppedWords[ending.why];
  }
}

const stoppedWords: Readonly<Record<Extract<TraceEnding, { kind: 'stopped' }>['why'], string>> = {
  limit: 'The program was ended: its time was up.',
  output: 'The program was ended: it printed more than a trace holds.',
  abort: 'You ended the program.',
};

/** `1 callback`, `12 callbacks` */
export function counted(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
}

/** What has no name of its own is known by the line that handed it over: `then (line 2)`. */
export function nameText(label: string, place: Place | null | undefined, view: PathView): string {
  if (!place || label.includes(': ')) return escapeLine(label);
  return `${escapeLine(label)} (${place.file === view.file ? `line ${place.line}` : placeText(place, view)})`;
}
