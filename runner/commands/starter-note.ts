// A word to whoever explores a lab's scenario where it lies: it meets the starter beside it, and not the learner's copy.
import { join, relative, sep } from 'node:path';
import { loadLab, workingCopyFolder } from '../course/lab.ts';
import { labsFolder } from '../course/paths.ts';
import { escapeText } from '../terminal/escape.ts';
import type { Io } from '../terminal/io.ts';
import { shownPath } from '../terminal/print.ts';
import { readableColumns, wrap } from '../terminal/wrap.ts';

/** @param files that a scenario is made of, absolute, itself first */
export function noteStarter(files: readonly string[], io: Io): void {
  const [scenario = ''] = files;
  const [lesson, folder, ...rest] = relative(labsFolder, scenario).split(sep);
  if (lesson === undefined || lesson.startsWith('..') || folder === undefined || rest.length === 0) return;
  const lab = loadLab(`${lesson}/${folder}`);
  const starter = lab.files.find((path) => files.includes(join(lab.folder, path)));
  if (starter === undefined) return;
  const copy = join(workingCopyFolder(lab, io.env), starter);
  const note =
    `${starter} beside this scenario is the starter of lab ${lab.id}, and not your copy, ${shownPath(copy, io)}. ` +
    `That is explored by npx interleave test ${lab.id}; or copy the scenario, and what it imports, there.`;
  io.stderr.write(`${wrap(escapeText(note), Math.min(io.columns, readableColumns)).join('\n')}\n\n`);
}
