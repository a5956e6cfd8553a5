// `reset LAB`: a dated backup, then the pristine copy.
import { loadCourse } from '../course/course.ts';
import { type Lab, workingCopyFolder } from '../course/lab.ts';
import { labLabel, resolveLab } from '../course/resolve-id.ts';
import { starterChanges } from '../course/starters.ts';
import { resetWorkingCopy } from '../course/working-copy.ts';
import { hasWorkingCopy } from '../judge/requests.ts';
import { confirm } from '../terminal/confirm.ts';
import type { Io } from '../terminal/io.ts';
import { printJson, printLines, shownPath } from '../terminal/print.ts';
import { starterDifferenceLines } from '../terminal/starter-lines.ts';
import { styleFor } from '../terminal/style.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';

export const command: Command = {
  name: 'reset',
  summary: 'puts your copy of a lab aside and gives you a fresh one',
  usage: [
    'reset LAB [--yes] [--diff] [--json]',
    '',
    'Everything in your working copy goes to a dated folder in workspace/.backup first; nothing is deleted. At a ' +
      'terminal it asks whether you mean it.',
    '',
    '  --yes    does not ask',
    '  --diff   changes nothing; shows what an update of the course has changed in the starter since your copy was made',
    '  --json   does not ask; {lab, folder, backup}; absolute paths, backup is null when there was nothing to put aside. With ' +
      '--diff {lab, changes: [{path, before, now, isEdited}]}',
  ].join('\n'),

  async run(args, io) {
    const { values, words } = parseCommandLine(command, args, {
      options: { yes: { type: 'boolean' }, diff: { type: 'boolean' }, json: { type: 'boolean' } },
      words: ['LAB'],
    });
    const lab = resolveLab(loadCourse(), words[0] ?? '', io);
    if (values.diff) {
      showDifference(lab, values.json === true, io);
      return 0;
    }
    if (!values.yes && !values.json && !(await isMeant(lab, io))) {
      printLines(io, ['Then not. Your copy is as it was.']);
      return 0;
    }
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

function showDifference(lab: Lab, isJson: boolean, io: Io): void {
  const changes = starterChanges(lab, io.env);
  if (isJson) printJson(io, { lab: lab.id, changes });
  else if (changes.length === 0)
    printLines(io, [`Your copy of ${labLabel(lab)} lacks nothing that the course's starter has.`]);
  else printLines(io, starterDifferenceLines(changes, io.columns, styleFor(io.stdout, io.env)));
}

async function isMeant(lab: Lab, io: Io): Promise<boolean> {
  if (!io.isTTY || !hasWorkingCopy(lab, io.env)) return true;
  return await confirm(`Put your copy of ${labLabel(lab)} aside and begin afresh?`, io);
}
