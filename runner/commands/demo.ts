// `demo ID`: runs a measured demo.
import { loadCourse } from '../course/course.ts';
import { CourseError } from '../course/course-error.ts';
import type { Demo } from '../course/lesson.ts';
import { escapeLine, escapeText } from '../terminal/escape.ts';
import type { Io } from '../terminal/io.ts';
import { printJson, printLines } from '../terminal/print.ts';
import { styleFor } from '../terminal/style.ts';
import { type Pace, expectedMs } from '../timing/budget.ts';
import { nextWithout, resolveDemo } from '../timing/resolve-demo.ts';
import type { DemoResult } from '../timing/run-demo.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';
import { pictureFile, writePicture } from './picture-file.ts';
import { withProgress } from './with-progress.ts';

/** What a shell calls a program that Ctrl-C ended. */
const stoppedExitCode = 130;

export const command: Command = {
  name: 'demo',
  summary: 'runs a measured demo of a lesson, and compares it with what the documents claim',
  usage: [
    'demo ID [--quick] [--json] [--svg FILE] [--html FILE]',
    '',
    'A demo is named by its lesson and its name, 01/NAME, or by its name. It takes some 10 s ' +
      'at the most, a speed-up curve 45 s; Ctrl-C ends it with what was measured so far, and the exit code is 130 then. ' +
      'What was measured to the end is kept for the lesson that shows it. A verdict is no failure: the exit code is 0.',
    '',
    '  --quick   measures for 2 s: enough for what is far apart on a machine with nothing else to do; a curve for 8 s',
    '  --svg     writes what is shown as a picture to FILE, whose name ends with .svg',
    '  --html    the same as a page for a browser, with all the words; FILE ends with .html',
    '  --json    {id, title, claims: [id], variants: [{name, unit, median, low, high, runs, repeats}], ratios: [{name, of, ' +
      'over, kind, unit, median, low, high, halfWidth, pairs, offered, ofOffered}], verdicts: [{claim, says, measured, ' +
      'verdict, reason, why, about, holds, limits}], othersShare, pace, isStopped, machine, python, recorded, numbers: ' +
      "{name: number}}; offered (the machine's parallelism meanwhile) and limits are there for speed-ups; an endless " +
      "bound is null; numbers are what a lesson's text names; curve, of a speed-up curve, is {parts, offered, ways: " +
      '[{name, speedUps, serialShare: {estimate, parts, untold}}], rounds}; python, of a demo that has variants in it, is {version, ' +
      'implementation, hasGil, isFreeThreaded, interpreters, interpreterPool} or {missing, next}, and then recorded is ' +
      'what another machine measured',
  ].join('\n'),

  async run(args, io) {
    const { values, words } = parseCommandLine(command, args, {
      options: {
        quick: { type: 'boolean' },
        json: { type: 'boolean' },
        svg: { type: 'string' },
        html: { type: 'string' },
      },
      words: ['[ID]'],
    });
    const course = loadCourse();
    const [typed] = words;
    if (typed === undefined) throw new CourseError('"demo" needs the ID of a demo.', nextWithout(course));
    const demo = resolveDemo(course, typed, io.cwd);
    const files = (['svg', 'html'] as const).flatMap((format) => {
      const typed = values[format];
      return typed === undefined ? [] : [pictureFile(format, typed, io.cwd)];
    });
    const result = await runAndShow(demo, values.quick ? 'quick' : 'full', io);
    if (result.output !== '') io.stderr.write(`The demo printed:\n${escapeText(result.output.trimEnd())}\n\n`);
    const { demoDocument } = await import('../timing/demo-document.ts');
    const document = demoDocument(result);
    if (values.json) printJson(io, document);
    else {
      const { demoLines } = await import('../timing/demo-lines.ts');
      printLines(io, demoLines(result, io.columns, styleFor(io.stdout, io.env)));
    }
    // Of what was stopped nobody knows what it would have said; what is shown later should be worth it.
    if (!result.isStopped) await withProgress(io, (progress) => progress.recordMeasurement(result.id, document));
    if (files.length > 0) {
      const { picture } = await import('../timing/picture/picture.ts');
      for (const file of files) {
        writePicture(file, picture(result, file.format));
        io.stderr.write(`\nThe picture is in ${escapeLine(file.path)}\n`);
      }
    }
    return result.isStopped ? stoppedExitCode : 0;
  },
};

/** Runs it under Ctrl-C, and shows on stderr how far it is, where there is a terminal. */
async function runAndShow(demo: Demo, pace: Pace, io: Io): Promise<DemoResult> {
  const [{ runDemo }, { progressText }, line] = await Promise.all([
    import('../timing/run-demo.ts'),
    import('../timing/progress-text.ts'),
    showMeasuring(io),
  ]);
  const abort = new AbortController();
  const stop = () => {
    // Whoever presses it twice is in a hurry; leaving takes the demo's process along.
    if (abort.signal.aborted) process.exit(stoppedExitCode);
    abort.abort();
    line.show('stopping after this round');
  };
  const start = io.now();
  process.on('SIGINT', stop);
  try {
    return await runDemo(demo, {
      pace,
      signal: abort.signal,
      onProgress(progress) {
        line.expect(expectedMs({ pace, series: progress.plan.series }));
        if (!abort.signal.aborted) line.show(progressText(progress, { elapsedMs: io.now() - start, pace }));
      },
    });
  } finally {
    process.removeListener('SIGINT', stop);
    line.hide();
  }
}

interface MeasuringLine {
  /** as soon as it is known how long it may take */
  expect(ms: number): void;
  show(text: string): void;
  hide(): void;
}

/** A line that moves, or one that is printed once on a terminal that cannot move its cursor; nothing in a pipe. */
async function showMeasuring(io: Io): Promise<MeasuringLine> {
  const { canMoveCursor, makeSpinner } = await import('../terminal/spinner.ts');
  if (canMoveCursor(io.stderr, io.env)) {
    const spinner = makeSpinner(io.stderr, io);
    spinner.show('setting up');
    return { expect() {}, show: (text) => spinner.show(text), hide: () => spinner.hide() };
  }
  let isSaid = !io.stderr.isTTY;
  return {
    expect(ms) {
      if (!isSaid)
        io.stderr.write(`Measuring for up to ${ms / 1_000} s.\nCtrl-C ends it with what was measured so far.\n\n`);
      isSaid = true;
    },
    show() {},
    hide() {},
  };
}
