// What follows from a key, from the end of a demo, from a line that a program printed: pure, from where somebody is in a
// lesson to where they are then, and what is to be done. It knows nothing of terminals and processes.
import type { Choice, Question } from '../course/lesson-blocks.ts';
import { stepOn } from '../tracer/stepper.ts';
import { viewOf, type View } from './reader-bottom.ts';
import { layOut } from './reader-lines.ts';
import { bringIn, toLine, toPage } from './reader-moves.ts';
import {
  atProgram,
  withExploration,
  withMeasurement,
  withRun,
  withTrace,
  type DemoOutcome,
  type ExplorationOutcome,
  type LuckOutcome,
  type ProgramReport,
  type TraceOutcome,
} from './reader-outcomes.ts';
import { lettersOf } from './reader-places.ts';
import { deeds, doesEscEnd, type Explorable } from './reader-runnables.ts';
import {
  chosenBy,
  revealed,
  runnableAt,
  type Activity,
  type Book,
  type Problem,
  type Reading,
  type Size,
  type Stepping,
} from './reader-state.ts';

export type ReaderEvent =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'resized'; readonly size: Size }
  | ({ readonly kind: 'measured'; readonly name: string } & DemoOutcome)
  | ProgramReport
  | ({ readonly kind: 'traced'; readonly file: string } & TraceOutcome)
  | ({ readonly kind: 'explored' } & Explorable & ExplorationOutcome)
  | ({ readonly kind: 'tried' } & Explorable & LuckOutcome)
  /** the window is the reader's again */
  | ({ readonly kind: 'played'; readonly isInterrupted: boolean; readonly problem?: Problem } & Explorable);

/** What somebody with a terminal and a disk has to do. */
export type Wish =
  | { readonly kind: 'record'; readonly question: Question; readonly choice: Choice }
  | { readonly kind: 'start'; readonly activity: Activity }
  /** what was started */
  | { readonly kind: 'stop' }
  | { readonly kind: 'leave'; readonly to: 'end' | 'labs' | 'map' | 'left' | 'interrupted' };

export interface Step {
  readonly reading: Reading;
  readonly wish?: Wish;
}

/** Lines that are seen again after a screenful, so that the eye finds its place. */
const overlap = 1;

export function follow(book: Book, reading: Reading, event: ReaderEvent): Step {
  switch (event.kind) {
    case 'resized':
      return { reading: { ...reading, size: event.size } };
    case 'measured':
      return { reading: withMeasurement(book, reading, event.name, event) };
    case 'printed':
    case 'ended':
      return { reading: withRun(book, reading, event) };
    case 'traced':
      return { reading: withTrace(book, reading, event) };
    case 'explored':
    case 'tried':
      return { reading: withExploration(book, reading, event) };
    case 'played':
      return afterGame(book, reading, event);
    case 'key':
      // Shift and caps lock change nothing.
      return onKey(book, { ...reading, remark: undefined }, event.key.toLowerCase());
  }
}

/** On a page on which something was done already, the window begins with the last of it. */
export function resumed(book: Book, reading: Reading): Reading {
  const { blocks } = revealed(book, reading);
  const view = viewOf(book, reading);
  const done = blocks.findLastIndex(
    (block) => (block.kind === 'question' || block.kind === 'demo') && block !== view.layout.stop,
  );
  return done < 0 ? reading : toLine(reading, view, view.layout.parts[done + 1]?.start ?? 0);
}

function onKey(book: Book, before: Reading, key: string): Step {
  if (key === 'ctrl-d') return { reading: before, wish: { kind: 'leave', to: 'interrupted' } };
  if (before.activity) return whileBusy(before, before.activity, key);
  if (before.stepping) return stepThrough(book, before, before.stepping, key);
  if (key === 'ctrl-c') return { reading: before, wish: { kind: 'leave', to: 'interrupted' } };
  if (before.isHelpShown) return { reading: { ...before, isHelpShown: false } };
  const view = viewOf(book, before);
  // A window that has grown may begin earlier than it did.
  const reading = toLine(before, view, view.first);
  const question = questionFor(book, reading, view);
  const choice = question?.choices.find(({ letter }) => letter === key);
  if (question && choice) return answer(book, reading, question, choice);
  switch (key) {
    case 'enter':
      return view.stop && view.stop.kind !== 'question'
        ? start(reading, runnableAt(book, view.stop))
        : goOn(book, reading, view);
    case 'space':
    case 'down':
    case 'pagedown':
    case 'j':
      return goOn(book, reading, view);
    case 'p':
    case 'up':
    case 'pageup':
    case 'k':
    case 'backspace':
      return { reading: goBack(book, reading, view) };
    case 'right':
    case 'n':
      return view.layout.stop ? refuse(book, reading, view) : nextPage(book, reading);
    case 'left':
      return { reading: toPage(reading, Math.max(0, view.first > 0 ? reading.page : reading.page - 1)) };
    case 'home':
      return { reading: toLine(reading, view, 0) };
    case 'end':
      return { reading: toLine(reading, view, view.layout.lines.length) };
    case 's':
      return skip(book, reading, view);
    case 'l':
      return book.lesson.labs.length > 0
        ? { reading, wish: { kind: 'leave', to: 'labs' } }
        : remark(reading, 'This lesson has no labs.');
    case 'm':
    case 'escape':
      return { reading, wish: { kind: 'leave', to: 'map' } };
    case 'q':
      return { reading, wish: { kind: 'leave', to: 'left' } };
    case '?':
      return { reading: { ...reading, isHelpShown: true } };
    case 'paste':
      return remark(reading, 'That was pasted; keys work one at a time.');
    default:
      return runByDigit(reading, view, key);
  }
}

function whileBusy(reading: Reading, activity: Activity, key: string): Step {
  if (key !== 'ctrl-c' && !(key === 'escape' && doesEscEnd(activity.kind))) return { reading };
  // Whoever presses it twice is in a hurry.
  if (activity.isStopping)
    return key === 'ctrl-c' ? { reading, wish: { kind: 'leave', to: 'interrupted' } } : { reading };
  return { reading: { ...reading, activity: { ...activity, isStopping: true } }, wish: { kind: 'stop' } };
}

/** The question at which the page stops, or the last one on it that was skipped. */
function questionFor(book: Book, reading: Reading, { stop }: View): Question | undefined {
  if (stop) return stop.kind === 'question' ? stop : undefined;
  return revealed(book, reading).blocks.findLast(
    (block) => block.kind === 'question' && reading.skipped.has(block) && !chosenBy(reading, block),
  ) as Question | undefined;
}

function answer(book: Book, reading: Reading, question: Question, choice: Choice): Step {
  const answered: Reading = { ...reading, answers: new Map([...reading.answers, [question.name, choice.letter]]) };
  const part = revealed(book, reading).blocks.indexOf(question) + 1;
  const before = layOut(book, reading).parts[part];
  const layout = layOut(book, answered);
  const after = layout.parts[part];
  if (!before || !after) return { reading: answered };
  // What it was about is asked for next, mostly.
  const isNext = layout.stop?.kind !== 'question' && revealed(book, answered).blocks[part] === layout.stop;
  const next = layout.stop && isNext ? part + 1 : part;
  const outcome = { start: after.start + before.end - before.start, end: layout.parts[next]?.end ?? after.end };
  return { reading: bringIn(book, answered, outcome), wish: { kind: 'record', question, choice } };
}

function afterGame(book: Book, before: Reading, game: Extract<ReaderEvent, { kind: 'played' }>): Step {
  const reading: Reading = { ...before, activity: undefined };
  if (game.isInterrupted) return { reading, wish: { kind: 'leave', to: 'interrupted' } };
  return { reading: game.problem ? withExploration(book, reading, game) : reading };
}

/** Back on the page, what stands below the program is what one wants to see. */
function stepThrough(book: Book, reading: Reading, stepping: Stepping, key: string): Step {
  const { standing, end } = stepOn(stepping.stepper, stepping.standing, key);
  if (end === 'interrupted') return { reading, wish: { kind: 'leave', to: 'interrupted' } };
  if (end === 'back') return { reading: atProgram(book, { ...reading, stepping: undefined }, stepping.file) };
  return { reading: { ...reading, stepping: { ...stepping, standing } } };
}

function skip(book: Book, reading: Reading, { stop }: View): Step {
  if (!stop) return remark(reading, 'There is nothing to skip here.');
  const skipped: Reading = { ...reading, skipped: new Set([...reading.skipped, stop]) };
  const view = viewOf(book, skipped);
  return view.hasMore ? goOn(book, skipped, view) : { reading: skipped };
}

function start(reading: Reading, activity: Activity): Step {
  const runs = activity.kind === 'program' ? new Map([...reading.runs, [activity.file, { output: '' }]]) : reading.runs;
  return { reading: { ...reading, activity, runs }, wish: { kind: 'start', activity } };
}

function runByDigit(reading: Reading, { layout }: View, key: string): Step {
  const runnable = /^[1-9]$/.test(key) ? layout.runnables[Number(key) - 1]?.runnable : undefined;
  if (!runnable) {
    const isEarly = layout.stop?.kind === 'question' && layout.stop.choices.some(({ letter }) => letter === key);
    return remark(reading, isEarly ? 'The question goes on below.' : 'That key does nothing here. These do something:');
  }
  return start(reading, runnable);
}

function goOn(book: Book, reading: Reading, view: View): Step {
  if (view.hasMore) {
    const next = view.first + Math.max(1, view.height - overlap);
    // No window begins with an empty line.
    return { reading: toLine(reading, view, view.layout.lines[next] === '' ? next + 1 : next) };
  }
  return view.stop ? refuse(book, reading, view) : nextPage(book, reading);
}

/** A page that stops goes on when the reader has done what it asks for. */
function refuse(book: Book, reading: Reading, { layout: { stop } }: View): Step {
  if (stop?.kind === 'question') return remark(reading, `${lettersOf(stop)} first: what do you think? s skips it.`);
  return remark(reading, stop ? `Enter ${deeds[runnableAt(book, stop).kind]} first; s skips it.` : '');
}

function nextPage(book: Book, reading: Reading): Step {
  if (reading.page >= book.body.pages.length - 1) return { reading, wish: { kind: 'leave', to: 'end' } };
  return { reading: toPage(reading, reading.page + 1) };
}

function goBack(book: Book, reading: Reading, view: View): Reading {
  if (view.first > 0) return toLine(reading, view, view.first - Math.max(1, view.height - overlap));
  if (reading.page === 0) return { ...reading, remark: 'This is where the lesson begins; m shows the map.' };
  const before = toPage(reading, reading.page - 1);
  return toLine(before, viewOf(book, before), Number.MAX_SAFE_INTEGER);
}

function remark(reading: Reading, text: string): Step {
  return { reading: { ...reading, remark: text } };
}
