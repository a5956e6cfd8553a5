// `reset LAB`: a dated backup, then the pristine copy.
import { loadCourse } from '../course/course.ts';
import { workingCopyFolder } from '../course/lab.ts';
import { labLabel, resolveLab } from '../course/resolve-id.ts';
import { resetWorkingCopy } from '../course/working-copy.ts';
import { printJson, printLines, shownPath } from '../terminal/print.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';

export const command: Command = {
  name: 'reset',
  summary: 'puts your copy of a lab aside and gives you a fresh one',
  usage: [
    'reset LAB [--json]',
    '',
    'Everything in your working copy goes to a dated folder in workspace/.backup first; nothing is deleted.',
    '',
    '  --json   {lab, folder, backup}; absolute paths, backup is null when there was nothing to put aside',
  ].join('\n'),

  async run(args, io) {
    const { values, words } = parseCommandLine(command, args, {
      options: { json: { type: 'boolean' } },
      words: ['LAB'],
    });
    const lab = resolveLab(loadCourse(), words[0] ?? '', io);
    const folder = workingCopyFolder(lab, io.env);
    const { backup } = resetWorkingCopy(lab, io.env, io.now());
    if (values.json) {
      printJson(io, { lab: lab.id, folder, backup: backup ?? null });
      return 0;
    }
    printLines(io, [
      `${labLabel(lab)} is as the course made it, in ${shownPath(folder, io)}`,
      backup === undefined ? 'There was nothing of yours to put aside.' : `What you had is in ${shownPath(backup, io)}`,
    ]);
    return 0;
  },
};
