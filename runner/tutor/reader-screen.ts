// A lesson at the terminal: keys and what programs and demos report go to reader-events.ts, what it wishes is done here,
// and the lines of reader-lines.ts, or those of a trace, get into the window.
import { loadLessonBody } from '../course/lesson-body.ts';
import { languagesOf } from '../course/lesson-programs.ts';
import type { Lesson } from '../course/lesson.ts';
import { loadCodeColours } from '../terminal/code-colours.ts';
import { escapeLine } from '../terminal/escape.ts';
import { canMoveCursor, windowRows } from '../terminal/io.ts';
import { stepPicture } from '../tracer/step-picture.ts';
import type { Desk } from './desk.ts';
import { bottomLines, helpLines, viewOf } from './reader-bottom.ts';
import { follow, resumed, type ReaderEvent, type Wish } from './reader-events.ts';
import { measure } from './reader-demo.ts';
import { keptMeasurements } from './reader-measurements.ts';
import { runProgram } from './reader-program.ts';
import {
  exploreForReader,
  exploringWords,
  luckWords,
  playForReader,
  preparingWords,
  tryLuckForReader,
} from './reader-explorer.ts';
import { explorationKey, type Explorable } from './reader-runnables.ts';
import { traceForReader, tracingWords } from './reader-trace.ts';
import { startReading, type Activity, type Book, type Reading } from './reader-state.ts';
import { openTranscript, openWindow, type PageWindow, type Picture } from '../terminal/page-window.ts';

export { scoreOf } from './reader-state.ts';

export type ReadingEnd = Extract<Wish, { kind: 'leave' }>['to'];

/** How long a window must keep its size before it is drawn again: dragging its edge tells of many. */
const settleMs = 80;
/** What a program prints is drawn so often. */
const drawEveryMs = 60;

export async function openBook({ io, style }: Desk, lesson: Lesson): Promise<Book> {
  const body = loadLessonBody(lesson);
  const colourCode = await loadCodeColours(languagesOf(body), style);
  return { lesson, body, style, colourCode, isTyped: !canMoveCursor(io.stdout, io.env) };
}

/** Where this learner was. */
export function openReading({ io, progress }: Desk, book: Book): Reading {
  const { id, demos } = book.lesson;
  const letters = [...progress.answers(id)].map(([question, { choice }]) => [question, choice] as const);
  const size = { columns: io.columns, rows: windowRows(io) };
  const kept = {
    answers: new Map(letters),
    measured: keptMeasurements(demos, progress),
    anchor: progress.position(id),
  };
  return resumed(book, startReading(book, size, kept));
}

/** Reads on until the reader goes somewhere else. */
export async function read(desk: Desk, book: Book, from: Reading): Promise<{ end: ReadingEnd; reading: Reading }> {
  const { io, progress } = desk;
  const { lesson, body } = book;
  const end = Promise.withResolvers<ReadingEnd>();
  let reading: Reading = { ...from, size: { columns: io.columns, rows: windowRows(io) } };
  let running: AbortController | undefined;
  let settling: NodeJS.Timeout | undefined;
  let drawing: NodeJS.Timeout | undefined;
  let recorded: string | undefined;
  let isOver = false;

  let window = openOnce();
  /** somebody else has the window meanwhile */
  let isAway = false;

  function openOnce(): PageWindow {
    return (book.isTyped ? openTranscript : openWindow)(io, (key) => take({ kind: 'key', key }));
  }

  function take(event: ReaderEvent): void {
    if (isOver) return;
    try {
      const { reading: next, wish } = follow(book, reading, event);
      reading = next;
      // Whoever only passes through on the way from a lab to the map was not reading.
      if (!(wish?.kind === 'leave' && (wish.to === 'map' || wish.to === 'labs'))) recordPosition();
      if (wish) fulfil(wish);
      if (event.kind !== 'printed') draw();
      else drawing ??= setTimeout(draw, drawEveryMs);
    } catch (error) {
      isOver = true;
      end.reject(error);
    }
  }

  function fulfil(wish: Wish): void {
    switch (wish.kind) {
      case 'record': {
        const { name, isPrediction } = wish.question;
        const { letter, isRight } = wish.choice;
        return progress.recordAnswer(lesson.id, name, { choice: letter, isRight, isPrediction });
      }
      case 'start':
        return void run(wish.activity).catch(end.reject);
      case 'stop':
        window.tell('Stopping');
        return running?.abort();
      case 'leave':
        isOver = true;
        return end.resolve(wish.to);
    }
  }

  async function run(activity: Activity): Promise<void> {
    running = new AbortController();
    const { signal } = running;
    if (activity.kind === 'demo') {
      const { name } = activity;
      return take({
        kind: 'measured',
        name,
        ...(await measure(lesson, name, progress, { signal, tell: window.tell })),
      });
    }
    const { file } = activity;
    const { root } = desk.course;
    const { tell } = window;
    switch (activity.kind) {
      case 'program': {
        const onOutput = (text: string): void => take({ kind: 'printed', file, text });
        return take({ kind: 'ended', file, ending: await runProgram({ root, file, env: io.env, signal, onOutput }) });
      }
      case 'trace': {
        const { style, isTyped } = book;
        const asked = { root, file, env: io.env, signal, tell, style, cwd: io.cwd, isTyped };
        return take({ kind: 'traced', file, ...(await traceForReader(asked)) });
      }
      case 'explore': {
        const { memory } = activity;
        return take({
          kind: 'explored',
          file,
          memory,
          ...(await exploreForReader({ root, file, memory, signal, tell })),
        });
      }
      case 'luck': {
        const { memory } = activity;
        return take({ kind: 'tried', file, memory, ...(await tryLuckForReader({ root, file, memory, signal, tell })) });
      }
      case 'play':
        return playThere(activity, signal);
    }
  }

  /** Gives the window away until the game is over. */
  async function playThere({ file, memory }: Explorable, signal: AbortSignal): Promise<void> {
    const found = reading.explored.get(explorationKey({ file, memory }))?.found;
    if (found?.kind !== 'explored') throw new Error('there is nothing to play before it was explored');
    const end = await playForReader({ root: desk.course.root, file, signal }, found, io, () => {
      isAway = true;
      window.close();
    });
    if (isOver) return;
    if (isAway) window = openOnce();
    isAway = false;
    const problem = typeof end === 'object' ? { problem: end } : {};
    take({ kind: 'played', file, memory, isInterrupted: end === 'interrupted', ...problem });
  }

  function recordPosition(): void {
    const page = body.pages[reading.page];
    if (!page || page.anchor === recorded) return;
    progress.recordPosition(lesson.id, page.anchor);
    recorded = page.anchor;
  }

  function draw(): void {
    clearTimeout(drawing);
    drawing = undefined;
    if (!isOver && !isAway) window.draw(pictureOf(book, reading));
  }

  const onResize = (): void => {
    clearTimeout(settling);
    settling = setTimeout(
      () => take({ kind: 'resized', size: { columns: io.columns, rows: windowRows(io) } }),
      settleMs,
    );
  };
  io.stdout.on('resize', onResize);
  try {
    draw();
    return { end: await end.promise, reading: { ...reading, activity: undefined, remark: undefined } };
  } finally {
    isOver = true;
    running?.abort();
    clearTimeout(settling);
    clearTimeout(drawing);
    io.stdout.off('resize', onResize);
    if (!isAway) window.close();
  }
}

function pictureOf(book: Book, reading: Reading): Picture {
  if (reading.stepping) return stepPicture(reading.stepping.stepper, reading.stepping.standing, reading.size);
  const view = viewOf(book, reading);
  const { layout, first, height } = view;
  const bottom = bottomLines(book, reading, view);
  if (reading.isHelpShown)
    return { page: 'help', lines: helpLines(book, reading.size.columns), first: 0, height, bottom };
  return { page: String(reading.page), lines: layout.lines, first, height, bottom, busy: busyText(reading) };
}

function busyText({ activity }: Reading): string | undefined {
  if (!activity) return undefined;
  switch (activity.kind) {
    case 'demo':
      return 'Measuring on your machine, for some 10 s, a curve for 45';
    case 'program':
      return `Running ${escapeLine(activity.file)}`;
    case 'trace':
      return tracingWords(activity.file);
    case 'explore':
      return exploringWords(activity);
    case 'luck':
      return luckWords;
    case 'play':
      return preparingWords(activity);
  }
}
