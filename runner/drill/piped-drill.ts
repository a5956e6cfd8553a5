// A drill where there is no terminal: printed once, and answered by one line of standard input if there is one.
import { createInterface } from 'node:readline';
import { CourseError } from '../course/course-error.ts';
import { escapeLine } from '../terminal/escape.ts';
import type { Io } from '../terminal/io.ts';
import { printLines } from '../terminal/print.ts';
import { readAnswer } from './answer.ts';
import { prose } from './drill-lines.ts';
import { type DrillWish, openSession } from './drill-session.ts';

/**
 * @returns the exit code: 1 for a wrong answer
 * @throws CourseError for an answer that cannot be read, and when the program cannot be run
 */
export async function drillOnce(wish: DrillWish): Promise<number> {
  const { io } = wish;
  const session = await openSession(wish);
  const { seed, level, shuffled } = session.drill;
  printLines(io, [...session.question(io.columns), ...session.choices([])(io.columns), '']);
  const typed = await firstLine(io);
  const command = `npx interleave drill order --seed ${seed} --level ${level}`;
  if (typed === '') {
    printLines(io, prose(`To answer: echo "b a c ..." | ${command}`, io.columns));
    return 0;
  }
  const answer = readAnswer(typed, shuffled);
  if (answer.kind === 'unclear')
    throw new CourseError(
      `"${escapeLine(typed.slice(0, 40))}" is no answer. ${answer.why}`,
      `Type echo "b a c ..." | ${command}`,
    );
  const { isRight, shown } = await session.answer(answer.lines);
  printLines(io, shown(io.columns).slice(0, -1));
  return isRight ? 0 : 1;
}

/** Somebody whose output goes into a pipe is not asked at the keyboard. */
async function firstLine({ stdin }: Io): Promise<string> {
  if (stdin.isTTY) return '';
  const reader = createInterface({ input: stdin });
  try {
    for await (const line of reader) if (line.trim() !== '') return line.trim();
    return '';
  } finally {
    reader.close();
    stdin.destroy();
  }
}
