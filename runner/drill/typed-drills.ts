// Drills at a terminal that cannot move its cursor: the letters of an answer are typed in one line, with Enter behind them.
// It knows nothing of how a drill is made or judged.
import { createInterface } from 'node:readline';
import { CourseError } from '../course/course-error.ts';
import { stopWholeJob } from '../terminal/job-control.ts';
import { printLines } from '../terminal/print.ts';
import { letterOf, readAnswer } from './answer.ts';
import { help } from './drill-keys.ts';
import { prose } from './drill-lines.ts';
import { type DrillWish, openSession } from './drill-session.ts';

/** As shells say it of a program that Ctrl-C ended. */
const interrupted = 130;

/** @returns the exit code: 0 after q, 130 after Ctrl-C or Ctrl-D */
export async function typeDrills(wish: DrillWish): Promise<number> {
  const { io } = wish;
  const session = await openSession(wish);
  const reader = createInterface({ input: io.stdin, output: io.stdout, prompt: '> ' });
  const end = Promise.withResolvers<number>();
  const stop = new AbortController();
  let isAnswered = false;
  let running: Promise<void> | undefined;

  const say = (text: string): void => printLines(io, prose(text, io.columns - 1));

  function ask(): void {
    isAnswered = false;
    printLines(io, [...session.question(io.columns), ...session.choices([])(io.columns), '']);
    say(
      `The letters a to ${letterOf(session.drill.shuffled.length - 1)} in order, then Enter. s skips, q quits, ? helps.`,
    );
  }

  function onLine(typed: string): void {
    if (running) return;
    if (typed === 'q') return leave(0);
    if (typed === '?') for (const text of help) say(text);
    else if (isAnswered || typed === 's') {
      session.goOn();
      ask();
    } else onAnswer(typed);
    if (!running) reader.prompt();
  }

  function onAnswer(typed: string): void {
    const answer = readAnswer(typed, session.drill.shuffled);
    if (answer.kind === 'unclear') say(answer.why);
    else running = judge(answer.lines).catch(end.reject);
  }

  async function judge(lines: readonly string[]): Promise<void> {
    try {
      const { shown } = await session.answer(lines, stop.signal);
      printLines(io, shown(io.columns));
    } catch (error) {
      if (!(error instanceof CourseError)) throw error;
      if (stop.signal.aborted) return;
      say(error.message);
      say(`Next: ${error.next}`);
    }
    isAnswered = true;
    running = undefined;
    say('Enter brings the next one, q quits.');
    reader.prompt();
  }

  function leave(exitCode: number): void {
    stop.abort();
    void Promise.resolve(running).then(() => end.resolve(exitCode));
  }

  ask();
  reader.on('line', (line) => onLine(line.trim().toLowerCase()));
  reader.on('SIGINT', () => leave(interrupted));
  // Ctrl-D; whatever ended it before came first.
  reader.on('close', () => leave(interrupted));
  stopWholeJob(reader, io);
  reader.prompt();
  try {
    return await end.promise;
  } finally {
    reader.close();
  }
}
