// Where somebody is in a lesson: the page, what they answered, skipped, measured and ran, and what is in the window. Data
// alone: what follows from a key is in reader-events.ts, what it looks like in reader-lines.ts.
import { posix } from 'node:path';
import type { Fence } from '../course/blocks.ts';
import { parseFenceInfo, waysOf, type ProgramWay } from '../course/fence-info.ts';
import {
  questionsOf,
  type Choice,
  type DemoPlace,
  type LessonBlock,
  type LessonBody,
  type Question,
} from '../course/lesson-blocks.ts';
import type { Lesson } from '../course/lesson.ts';
import type { ExploredTasks } from '../explorer/async/explore-async-file.ts';
import type { ExploredFile } from '../explorer/explore-file.ts';
import type { Tried } from '../explorer/real-threads/by-luck.ts';
import type { ColourCode } from '../terminal/code-colours.ts';
import type { Style } from '../terminal/style.ts';
import type { Standing, Stepper } from '../tracer/stepper.ts';
import type { Measurement } from './reader-measurements.ts';
import { explorationKey, runnableFor, type Runnable } from './reader-runnables.ts';

/** What does not change while it is read. */
export interface Book {
  readonly lesson: Lesson;
  readonly body: LessonBody;
  readonly style: Style;
  readonly colourCode: ColourCode;
  /** keys are typed with Enter behind them, on a terminal that cannot move its cursor */
  readonly isTyped: boolean;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A line of a page, so that it is the same one at another width: which part of the page, and which line of that. */
export interface Spot {
  readonly part: number;
  readonly line: number;
}

/** What a program printed, and once it has ended, how. */
export interface ProgramRun {
  readonly output: string;
  /** a sentence; undefined while it runs */
  readonly ending?: string;
}

/** What a search has found, and what luck did besides. */
export interface Explored {
  readonly found: ExploredFile | ExploredTasks;
  readonly luck?: Tried | undefined;
}

export interface Problem {
  readonly message: string;
  readonly next: string;
}

/** What takes long; meanwhile no key but those that end it does anything. */
export type Activity = Runnable & {
  /** it was told to end */
  readonly isStopping?: boolean;
};

/** A trace of a program that is being stepped through; meanwhile the page is not to be seen. */
export interface Stepping {
  /** from the course's folder down */
  readonly file: string;
  readonly stepper: Stepper;
  readonly standing: Standing;
}

export interface Reading {
  readonly size: Size;
  /** counted from 0 */
  readonly page: number;
  /** the first line in the window */
  readonly top: Spot;
  /** the letter that was chosen, by the question's name */
  readonly answers: ReadonlyMap<string, string>;
  /** stops that were passed without doing what they ask for */
  readonly skipped: ReadonlySet<Stop>;
  /** by the demo's name */
  readonly measured: ReadonlyMap<string, Measurement>;
  /** why a demo could not be measured, by its name, a program not be traced, by its file, a scenario not be explored, by its key */
  readonly problems: ReadonlyMap<string, Problem>;
  /** by the program's file, from the course's folder down */
  readonly runs: ReadonlyMap<string, ProgramRun>;
  /** by the scenario's key (reader-runnables.ts) */
  readonly explored: ReadonlyMap<string, Explored>;
  readonly activity?: Activity | undefined;
  readonly stepping?: Stepping | undefined;
  readonly isHelpShown: boolean;
  /** said once, until the next key */
  readonly remark?: string | undefined;
}

/** A place at which a page ends until the reader has done something. */
export type Stop = Question | Outcome;

/** What a prediction is about: the demo, the program or the scenario that stands directly behind it. */
export type Outcome = DemoPlace | Fence;

/** The start of the lesson, or of the page that was read last. */
export function startReading(
  { body }: Book,
  size: Size,
  kept: Pick<Reading, 'answers' | 'measured'> & { readonly anchor: string | undefined },
): Reading {
  const page = Math.max(
    0,
    body.pages.findIndex(({ anchor }) => anchor === kept.anchor),
  );
  // What programs printed is not kept: whoever has gone on to another page has seen it.
  const others = body.pages.filter((_, index) => index !== page);
  const seen = others.flatMap(({ blocks }) =>
    blocks.filter((block, index) => {
      const about = block.kind === 'fence' && predictionOf(blocks, index);
      return about && kept.answers.has(about.name);
    }),
  ) as Fence[];
  return {
    size,
    page,
    top: { part: 0, line: 0 },
    answers: kept.answers,
    skipped: new Set(seen),
    measured: kept.measured,
    problems: new Map(),
    runs: new Map(),
    explored: new Map(),
    isHelpShown: false,
  };
}

/** What the reader chose; undefined also when the question has changed and has no such choice any more. */
export function chosenBy({ answers }: Reading, { name, choices }: Question): Choice | undefined {
  const letter = answers.get(name);
  return choices.find((choice) => choice.letter === letter);
}

/** The prediction that the block behind it is the outcome of. */
export function predictionOf(blocks: readonly LessonBlock[], index: number): Question | undefined {
  const [before, block] = [blocks[index - 1], blocks[index]];
  if (before?.kind !== 'question' || !before.isPrediction || !block) return undefined;
  return block.kind === 'demo' || (block.kind === 'fence' && programWaysOf(block).length > 0) ? before : undefined;
}

/** What can be done with the program that a block quotes; the first is what Enter does. */
function programWaysOf({ info }: Fence): ProgramWay[] {
  return waysOf(parseFenceInfo(info));
}

/** What Enter does where a page stops. */
export function runnableAt({ lesson }: Book, outcome: Outcome): Runnable {
  if (outcome.kind === 'demo') return { kind: 'demo', name: outcome.name };
  const file = posix.join(`lessons/${lesson.folderName}`, parseFenceInfo(outcome.info).file ?? '');
  return runnableFor(file, programWaysOf(outcome)[0] ?? 'run');
}

/**
 * Whether a block is what the author saw, the explorer's picture or what a program printed, right behind what the reader has
 * explored or run as well. A run that did not end by itself has not shown it all.
 */
export function isSaidHere(book: Book, blocks: readonly LessonBlock[], index: number, reading: Reading): boolean {
  const [scenario, block] = [blocks[index - 1], blocks[index]];
  if (block?.kind !== 'fence' || block.info !== 'text' || scenario?.kind !== 'fence') return false;
  if (programWaysOf(scenario).length === 0) return false;
  const runnable = runnableAt(book, scenario);
  if (runnable.kind === 'explore') return reading.explored.has(explorationKey(runnable));
  return runnable.kind !== 'demo' && reading.runs.get(runnable.file)?.ending === '';
}

/** The blocks of the page up to where the reader has to do something; the last one of them is `stop` then. */
export function revealed(book: Book, reading: Reading): { blocks: readonly LessonBlock[]; stop: Stop | undefined } {
  const blocks = book.body.pages[reading.page]?.blocks ?? [];
  for (const index of blocks.keys()) {
    const stop = stopAt(blocks, index, reading);
    if (stop && !isPassed(book, stop, reading)) return { blocks: blocks.slice(0, index + 1), stop };
  }
  return { blocks, stop: undefined };
}

/** A question, a demo, or a program of which something was predicted. */
function stopAt(blocks: readonly LessonBlock[], index: number, reading: Reading): Stop | undefined {
  const block = blocks[index];
  if (block?.kind === 'question' || block?.kind === 'demo') return block;
  if (block?.kind !== 'fence') return undefined;
  const about = predictionOf(blocks, index);
  return about && chosenBy(reading, about) ? block : undefined;
}

function isPassed(book: Book, stop: Stop, reading: Reading): boolean {
  if (reading.skipped.has(stop)) return true;
  if (stop.kind === 'question') return chosenBy(reading, stop) !== undefined;
  const runnable = runnableAt(book, stop);
  switch (runnable.kind) {
    case 'demo':
      return reading.measured.has(runnable.name);
    case 'program':
    case 'trace':
      return reading.runs.get(runnable.file)?.ending !== undefined;
    default:
      return reading.explored.has(explorationKey(runnable));
  }
}

export interface Score {
  readonly questions: number;
  readonly answered: number;
  readonly right: number;
}

export function scoreOf({ body }: Book, reading: Reading): Score {
  const questions = questionsOf(body);
  const chosen = questions.flatMap((question) => chosenBy(reading, question) ?? []);
  const right = chosen.filter(({ isRight }) => isRight);
  return { questions: questions.length, answered: chosen.length, right: right.length };
}
