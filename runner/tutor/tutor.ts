// The tutor's beginning and end: the first lines are on the screen before anything else is imported. It knows nothing of
// what is shown in between.
import type { Io } from '../terminal/io.ts';
import { lateJudge } from './late-judge.ts';
import { welcome } from './welcome.ts';

/** As shells say it of a program that Ctrl-C ended: 128 and the number of SIGINT. */
const interruptedExitCode = 130;

/**
 * Runs until the learner leaves. Both stdin and stdout are a terminal.
 * @returns the exit code: 0 after q, 130 after Ctrl-C or Ctrl-D
 * @throws CourseError when the course's own files are not as they should be
 */
export async function runTutor(io: Io): Promise<number> {
  io.stdout.write(welcome.map((line) => `${line}\n`).join(''));
  const { walkScreens } = await import('./screens.ts');
  const judge = lateJudge();
  try {
    return (await walkScreens(io, judge)) === 'left' ? 0 : interruptedExitCode;
  } finally {
    await judge.close();
  }
}
