// The author's solution of a lab, as text. It knows nothing of who may see it, and when.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CourseError } from './course-error.ts';
import { type Lab, solutionFolder } from './lab.ts';
import { labLabel } from './resolve-id.ts';

export interface Solution {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** why it works: Markdown */
  readonly why: string;
}

/** @throws CourseError when this course has no solution of that lab */
export function readSolution(lab: Lab): Solution {
  const folder = solutionFolder(lab);
  const read = (path: string): string => {
    try {
      return readFileSync(join(folder, path), 'utf8');
    } catch (error) {
      throw new CourseError(
        `The solution of ${labLabel(lab)} is not here (${path}: ${(error as NodeJS.ErrnoException).code}).`,
        `"npx interleave hint ${lab.id}" may help instead.`,
      );
    }
  };
  return { files: lab.files.map((path) => ({ path, text: read(path) })), why: read('WHY.md') };
}
