// `watch [LAB]`: judges a working copy at once and at each save, until Ctrl-C.
import { CourseError } from '../course/course-error.ts';
import { type Course, labsOf, loadCourse } from '../course/course.ts';
import { type Lab, workingCopyFolder } from '../course/lab.ts';
import { resolveLab } from '../course/resolve-id.ts';
import { newStarterChanges } from '../course/starters.ts';
import { makeWorkingCopy } from '../course/working-copy.ts';
import { startJudge } from '../judge/judge-client.ts';
import { hasWorkingCopy, workingCopyRequest } from '../judge/requests.ts';
import { timeAfterPass } from '../judge/timing-after-pass.ts';
import { verdictLines } from '../judge/verdict-lines.ts';
import { type WatchEvent, watchLab } from '../judge/watch-lab.ts';
import { labToGoOnWith } from '../progress/overview.ts';
import type { Progress } from '../progress/progress.ts';
import { escapeText } from '../terminal/escape.ts';
import type { Io } from '../terminal/io.ts';
import { printLines, shownPath } from '../terminal/print.ts';
import { starterNotice } from '../terminal/starter-lines.ts';
import { styleFor } from '../terminal/style.ts';
import { wrap } from '../terminal/wrap.ts';
import { labTimingLines } from '../timing/lab-timing-lines.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';
import { showRuns } from './run-spinner.ts';
import { withProgress } from './with-progress.ts';

/** As shells say it of a program that Ctrl-C ended: 128 and the number of SIGINT. */
const interrupted = 130;

export const command: Command = {
  name: 'watch',
  summary: 'makes your copy of a lab and judges it at each save',
  usage: [
    'watch [LAB]',
    '',
    'Without LAB: the one that you worked on last. A save in the middle of a run starts the next run at once. Ctrl-C ends ' +
      'it (exit code 130).',
  ].join('\n'),

  async run(args, io) {
    const { words } = parseCommandLine(command, args, { options: {}, words: ['[LAB]'] });
    const course = loadCourse();
    return await withProgress(io, async (progress) => {
      const lab = words[0] === undefined ? labMeant(course, progress, io) : resolveLab(course, words[0], io);
      makeWorkingCopy(lab, io.env);
      await watchUntilInterrupted(lab, progress, io);
      return interrupted;
    });
  },
};

function labMeant(course: Course, progress: Progress, io: Io): Lab {
  const lab = labToGoOnWith(course, progress, io.env) ?? labsOf(course).find((lab) => hasWorkingCopy(lab, io.env));
  if (lab) return lab;
  throw new CourseError(
    'You have not begun any lab.',
    'Say which one: npx interleave watch LAB; "npx interleave list" shows them.',
  );
}

async function watchUntilInterrupted(lab: Lab, progress: Progress, io: Io): Promise<void> {
  const interruption = Promise.withResolvers<void>();
  process.on('SIGINT', interruption.resolve);
  const style = styleFor(io.stdout, io.env);
  const folder = workingCopyFolder(lab, io.env);
  const say = (text: string, look = (line: string): string => line): void =>
    printLines(io, [...wrap(escapeText(text), io.columns).map(look), '']);
  printLines(io, wrap(`Lab ${lab.id}: ${lab.title}`, io.columns).map(style.heading));
  say(`Your copy is ${shownPath(folder, io)} (${lab.files.join(', ')}). Each save is judged; Ctrl-C ends this.`);
  const changes = newStarterChanges(lab, io.env);
  if (changes.length > 0) say(starterNotice(lab.id, changes), style.warning);

  const spinner = showRuns(io);
  const tell = (event: WatchEvent): void => {
    switch (event.kind) {
      case 'verdict':
        printLines(io, [
          style.quiet(`--- ${new Date(io.now()).toTimeString().slice(0, 8)} ---`),
          '',
          ...verdictLines(event.verdict, io.columns, style),
          '',
        ]);
        // Afterwards: a disk takes longer than all of the above to say that it has kept something.
        return progress.recordVerdict(lab.id, event.verdict.verdict, event.verdict.ms);
      case 'problem':
        say(event.error.message, style.bad);
        return say(`Next: ${event.error.next}`);
      case 'vanished':
        return say(
          `${shownPath(folder, io)} has no ${event.file} any more. Put it back, or type "npx interleave reset ${lab.id}" in another window; this goes on watching.`,
          style.warning,
        );
      case 'polling':
        return say(
          'This system does not tell of saves here, so your files are looked at twice a second.',
          style.warning,
        );
      case 'started':
      case 'same':
      case 'test':
    }
  };
  const request = workingCopyRequest(lab, io);
  const timing = timeAfterPass({
    lab,
    folder,
    request,
    progress,
    onChange: () => spinner.show(timing.busy()),
    onTimed: (found) => printLines(io, [...labTimingLines(found, io.columns, style), '']),
  });
  const judge = startJudge();
  const watch = watchLab({ folder, files: lab.files, request, judgesAtOnce: true }, judge, (event) => {
    spinner.follow(event);
    tell(event);
    timing.follow(event);
  });
  try {
    await interruption.promise;
  } finally {
    watch.close();
    timing.close();
    spinner.close();
    process.off('SIGINT', interruption.resolve);
    await judge.close();
  }
}
