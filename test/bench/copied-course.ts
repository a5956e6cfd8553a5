// A whole course in a temporary folder, with a fixture lab in it: the program runs there as it does for a learner.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { courseRoot } from '../../runner/course/paths.ts';

export interface CopiedCourse {
  readonly root: string;
  remove(): void;
}

/** @param labs a folder in the shape of labs/ whose labs are added to the copy, with a lesson for each of its folders */
export function copyCourse(labs: string): CopiedCourse {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'course-')));
  for (const name of ['package.json', 'runner', 'lessons', 'labs', 'solutions']) {
    cpSync(join(courseRoot, name), join(root, name), { recursive: true });
  }
  symlinkSync(join(courseRoot, 'node_modules'), join(root, 'node_modules'), 'dir');
  mkdirSync(join(root, 'workspace'));
  cpSync(labs, join(root, 'labs'), { recursive: true });
  for (const lesson of readdirSync(labs)) {
    mkdirSync(join(root, 'lessons', lesson));
    writeFileSync(
      join(root, 'lessons', lesson, 'lesson.md'),
      '---\ntitle: Bench\npromise: It is measured.\nminutes: 1\nledger: []\n---\n',
    );
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
