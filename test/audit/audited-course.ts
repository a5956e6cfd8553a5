// A copy of the clean course in test/fixtures/audit, with mistakes planted in it.
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkCourse } from '../../runner/audit/check-course.ts';
import { problemText } from '../../runner/audit/problem.ts';
import { courseRoot } from '../../runner/course/paths.ts';
import { temporaryFolder } from '../course/course-fixture.ts';

/** For a file: a new text, what to replace by what in it, or `null` for a file or folder that is taken away. */
export type Edits = Readonly<Record<string, string | readonly [from: string | RegExp, to: string] | null>>;

const clean = join(courseRoot, 'test/fixtures/audit/clean');

export const labFolder = 'labs/01-parts/1-average';
export const solution = 'solutions/01-parts/1-average';

/** @returns the root of the copy */
export function plant(edits: Edits): string {
  const root = temporaryFolder();
  cpSync(clean, root, { recursive: true });
  // A suite finds the kit as it does in the course, by the package's name.
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(courseRoot, join(root, 'node_modules/interleave'), 'junction');
  for (const [file, edit] of Object.entries(edits)) {
    const path = join(root, file);
    if (edit === null) rmSync(path, { recursive: true });
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, typeof edit === 'string' ? edit : replaced(readFileSync(path, 'utf8'), edit));
    }
  }
  return root;
}

function replaced(text: string, [from, to]: readonly [string | RegExp, string]): string {
  const result = text.replace(from, to);
  if (result === text) throw new Error(`nothing to replace: ${String(from)}`);
  return result;
}

/** What reading the course finds, without judging. */
export function found(root: string, lab?: string): string[] {
  const { labs, problems } = checkCourse(root, lab, { cwd: root, env: {} });
  return [...labs.flatMap((lab) => lab.problems), ...problems].map(problemText);
}

/** Puts the program beside a planted course, so that `node runner/launch.mjs audit` runs there. */
export function addProgram(root: string): void {
  rmSync(join(root, 'node_modules'), { recursive: true });
  symlinkSync(join(courseRoot, 'node_modules'), join(root, 'node_modules'), 'junction');
  for (const part of ['runner', 'package.json']) cpSync(join(courseRoot, part), join(root, part), { recursive: true });
}
