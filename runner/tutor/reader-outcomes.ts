// What a demo, a program or a trace has brought, on the page that it stands on. Pure.
import type { Tried } from '../explorer/real-threads/by-luck.ts';
import { firstStanding, type Stepper } from '../tracer/stepper.ts';
import { viewOf } from './reader-bottom.ts';
import { layOut, type Layout, type Stretch } from './reader-lines.ts';
import type { Measurement } from './reader-measurements.ts';
import { bringIn } from './reader-moves.ts';
import { explorationKey, type Explorable } from './reader-runnables.ts';
import { revealed, type Book, type Explored, type Problem, type ProgramRun, type Reading } from './reader-state.ts';

/** Neither of the two, when it was stopped before anything was measured. */
export interface DemoOutcome {
  readonly measurement?: Measurement | undefined;
  readonly problem?: Problem;
}

/** What a trace has shown, or why there is none. */
export type TraceOutcome =
  | { readonly run: ProgramRun; /** none when nothing of it was seen */ readonly stepper?: Stepper | undefined }
  | { readonly problem: Problem };

/** Neither, when it was ended by the reader. */
export interface ExplorationOutcome {
  readonly found?: Explored['found'];
  readonly problem?: Problem;
}

/** The same. */
export interface LuckOutcome {
  readonly luck?: Tried;
  readonly problem?: Problem;
}

/** What a program prints, and in the end how it ended. */
export type ProgramReport =
  | { readonly kind: 'printed'; readonly file: string; readonly text: string }
  /** @param ending a sentence */
  | { readonly kind: 'ended'; readonly file: string; readonly ending: string };

export function withMeasurement(
  book: Book,
  reading: Reading,
  name: string,
  { measurement, problem }: DemoOutcome,
): Reading {
  const measured = new Map(reading.measured);
  const problems = new Map(reading.problems);
  if (measurement) measured.set(name, measurement);
  if (problem) problems.set(name, problem);
  else problems.delete(name);
  const after: Reading = { ...reading, activity: undefined, measured, problems };
  const part = revealed(book, after).blocks.findIndex((block) => block.kind === 'demo' && block.name === name) + 1;
  const stretch = layOut(book, after).parts[part];
  const shown = stretch ? bringIn(book, after, stretch) : after;
  return measurement || problem ? shown : { ...shown, remark: 'It was stopped before anything was measured.' };
}

export function withRun(book: Book, reading: Reading, event: ProgramReport): Reading {
  const output = reading.runs.get(event.file)?.output ?? '';
  const run = event.kind === 'printed' ? { output: output + event.text } : { output, ending: event.ending };
  const after: Reading = {
    ...reading,
    runs: new Map([...reading.runs, [event.file, run]]),
    activity: event.kind === 'ended' ? undefined : reading.activity,
  };
  return event.kind === 'ended' ? atProgram(book, after, event.file) : atNewestLine(book, after, event.file);
}

export function withTrace(book: Book, reading: Reading, event: TraceOutcome & { readonly file: string }): Reading {
  const { file } = event;
  const problems = new Map(reading.problems);
  problems.delete(file);
  const after: Reading = { ...reading, activity: undefined, problems };
  if ('problem' in event) return atProgram(book, { ...after, problems: problems.set(file, event.problem) }, file);
  const { run, stepper } = event;
  const ran: Reading = { ...after, runs: new Map([...reading.runs, [file, run]]) };
  return stepper ? { ...ran, stepping: { file, stepper, standing: firstStanding } } : atProgram(book, ran, file);
}

/** The page as it is with what a search has found, or with what came of luck, or without either. */
export function withExploration(
  book: Book,
  reading: Reading,
  { file, memory, ...outcome }: Explorable & ExplorationOutcome & LuckOutcome,
): Reading {
  const key = explorationKey({ file, memory });
  const explored = new Map(reading.explored);
  const problems = new Map(reading.problems);
  const before = explored.get(key);
  problems.delete(key);
  if (outcome.problem) problems.set(key, outcome.problem);
  if (outcome.found) explored.set(key, { found: outcome.found });
  else if (outcome.luck && before) explored.set(key, { ...before, luck: outcome.luck });
  const after: Reading = { ...reading, activity: undefined, explored, problems };
  const { layout, height } = viewOf(book, after);
  const part = layout.runnables.find(
    ({ runnable }) => runnable.kind === 'explore' && explorationKey(runnable) === key,
  )?.part;
  const shown = part === undefined ? after : bringIn(book, after, newestOf(layout, part, height));
  const isEnded = !outcome.found && !outcome.luck && !outcome.problem;
  return isEnded ? { ...shown, remark: 'You ended it.' } : shown;
}

/** All that stands in a part if the window holds it, else what came last of it. */
function newestOf({ parts, newestRows }: Layout, part: number, height: number): Stretch {
  const { start, end } = parts[part] ?? { start: 0, end: 0 };
  return { start: end - start <= height ? start : end - (newestRows[part] ?? 0), end };
}

/** A program with all of what stands below it; of what the window cannot hold, what came of it goes first. */
export function atProgram(book: Book, reading: Reading, file: string): Reading {
  const { layout, height } = viewOf(book, reading);
  const place = placeOf(layout, file);
  if (!place) return reading;
  const { start, end } = place.stretch;
  const isWhole = end - start <= height;
  return bringIn(book, reading, { start: isWhole ? start : end - place.outcomeRows, end });
}

function atNewestLine(book: Book, reading: Reading, file: string): Reading {
  const place = placeOf(layOut(book, reading), file);
  return place ? bringIn(book, reading, { start: place.stretch.end - 1, end: place.stretch.end }) : reading;
}

function placeOf(layout: Layout, file: string): { stretch: Stretch; outcomeRows: number } | undefined {
  const part = layout.runnables.find(({ runnable }) => runnable.kind !== 'demo' && runnable.file === file)?.part ?? -1;
  const stretch = layout.parts[part];
  return stretch && { stretch, outcomeRows: layout.outcomeRows[part] ?? 0 };
}
