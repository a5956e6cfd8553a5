// A solution on the screen: its files, why it works, and what changes from the learner's files to it. It knows nothing
// of who may see it.
import { readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { explainingDisk } from '../course/disk-error.ts';
import { isFile } from '../course/durable-files.ts';
import { type Lab, workingCopyFolder } from '../course/lab.ts';
import { labLabel } from '../course/resolve-id.ts';
import type { Solution } from '../course/solution.ts';
import { differenceLines, type NamedText, shownDifference } from './difference.ts';
import type { TextLines } from './markdown-lines.ts';
import type { Style } from './style.ts';

/** More than anybody types, and than a comparison can be waited for. */
const mostBytes = 1024 * 1024;

/** Whose files the solution is compared with, and how it is shown. */
export interface SolutionView {
  readonly env: NodeJS.ProcessEnv;
  readonly columns: number;
  readonly style: Style;
  /** for texts that lie where the solution does */
  readonly texts: TextLines;
}

export function solutionLines(lab: Lab, solution: Solution, { env, columns, style, texts }: SolutionView): string[] {
  const hasBegun = lab.files.some((path) => isFile(join(workingCopyFolder(lab, env), path)));
  const changes = hasBegun ? solutionDifference(lab, solution, env) : ['You have no copy of this lab yet.'];
  return [
    style.heading(`One way to do ${labLabel(lab)}`),
    ...solution.files.flatMap(({ path, text }) => [
      '',
      style.quiet(path),
      '',
      ...texts.code(text, languageOf(path), columns),
    ]),
    '',
    ...texts.markdown(solution.why, columns),
    '',
    style.heading('From yours to this one'),
    '',
    ...(changes.length > 0 ? shownDifference(changes, columns, style) : ['There is no difference.']),
  ];
}

/** From the learner's files to the solution's, in the unified format. */
export function solutionDifference(lab: Lab, { files }: Solution, env: NodeJS.ProcessEnv): string[] {
  return files.flatMap(({ path, text }) => {
    const yours = join(workingCopyFolder(lab, env), path);
    if (!isFile(yours)) return differenceLines({ name: `yours/${path} (not there)`, text: '' }, ours(path, text));
    if (statSync(yours).size > mostBytes) return [`yours/${path} is too long to be compared.`];
    const yourText = explainingDisk(yours, 'It is untouched.', () => readFileSync(yours, 'utf8'));
    return differenceLines({ name: `yours/${path}`, text: yourText }, ours(path, text));
  });
}

function languageOf(path: string): string {
  return extname(path).slice(1);
}

function ours(path: string, text: string): NamedText {
  return { name: `solution/${path}`, text };
}
