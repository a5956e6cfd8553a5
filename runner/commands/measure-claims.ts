// Runs the demos that judge claims, one after the other, and keeps what each has measured before the next one begins. How
// far it is goes to standard error.
import process from 'node:process';
import { CourseError } from '../course/course-error.ts';
import type { PlannedDemo } from '../measured/demo-plans.ts';
import type { Progress } from '../progress/progress.ts';
import { escapeText } from '../terminal/escape.ts';
import { canMoveCursor, type Io } from '../terminal/io.ts';
import { makeSpinner } from '../terminal/spinner.ts';
import { wrap } from '../terminal/wrap.ts';
import { type Pace, expectedMs } from '../timing/budget.ts';
import { demoDocument } from '../timing/demo-document.ts';
import { verdictNames } from '../timing/demo-lines.ts';
import { progressText } from '../timing/progress-text.ts';
import { type DemoResult, runDemo } from '../timing/run-demo.ts';

export interface Measuring {
  /** Ctrl-C ended it */
  readonly isStopped: boolean;
  /** of demos that failed */
  readonly problems: readonly CourseError[];
}

/** Starting a demo and ending it takes about so long. */
const aroundMs = 1_000;

/** @param progress gets what each demo has measured, when it is through */
export async function measureDemos(
  planned: readonly PlannedDemo[],
  pace: Pace,
  progress: Progress,
  io: Io,
): Promise<Measuring> {
  const spinner = canMoveCursor(io.stderr, io.env) ? makeSpinner(io.stderr, io) : undefined;
  const say = (text: string): void => {
    spinner?.hide();
    io.stderr.write(`${wrap(escapeText(text), io.columns).join('\n')}\n`);
  };
  const abort = new AbortController();
  const stop = (): void => {
    // The demo under way is given two seconds for its round; whoever presses it twice has none.
    if (abort.signal.aborted) process.exit(130);
    abort.abort();
    spinner?.show('stopping after this round');
  };
  const problems: CourseError[] = [];
  process.on('SIGINT', stop);
  try {
    say(planned.length === 0 ? 'No demo judges any of them yet.' : budget(planned, pace));
    for (const [index, { demo }] of planned.entries()) {
      const place = `${index + 1} of ${planned.length}, ${demo.id}`;
      try {
        const begin = io.now();
        spinner?.show(place);
        const result = await runDemo(demo, {
          pace,
          signal: abort.signal,
          onProgress(rounds) {
            const text = progressText(rounds, { elapsedMs: io.now() - begin, pace });
            if (!abort.signal.aborted) spinner?.show(`${place} ${text}`);
          },
        });
        if (result.isStopped) break;
        progress.recordMeasurement(demo.id, demoDocument(result));
        say(`${place}: ${found(result)}`);
      } catch (error) {
        if (!(error instanceof CourseError)) throw error;
        problems.push(error);
        say(`${place}: ${error.message}`);
      }
    }
    return { isStopped: abort.signal.aborted, problems };
  } finally {
    process.removeListener('SIGINT', stop);
    spinner?.hide();
  }
}

function budget(planned: readonly PlannedDemo[], pace: Pace): string {
  const demos = planned.length === 1 ? '1 demo is' : `${planned.length} demos are`;
  const ctrlC = 'Ctrl-C ends it; of the demos that are through, what was measured is kept.';
  return `${demos} to be run, which takes some ${duration(planned, pace)}. ${ctrlC}`;
}

/** `3 min`, `40 s`. */
function duration(planned: readonly PlannedDemo[], pace: Pace): string {
  const ms = planned.reduce((sum, { plan }) => sum + aroundMs + expectedMs({ pace, series: plan.series }), 0);
  const seconds = Math.ceil(ms / 1_000);
  return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

/** `F07 does not hold here, F09 holds`. */
function found({ verdicts, python }: DemoResult): string {
  const words = verdicts.map(({ claim, verdict }) => `${claim} ${verdictNames[verdict]}`);
  if (python && 'missing' in python) words.push('without Python');
  return words.join(', ');
}
