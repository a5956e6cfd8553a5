// A whole small course in a folder of its own: the program, copied, with the content of test/fixtures/course.
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';

export interface RunnableCourse {
  readonly root: string;
  readonly launcher: string;
  /** the learner's working copies */
  readonly workspace: string;
  /** TMPDIR: by it everything that was started is found again */
  readonly tmp: string;
  readonly env: NodeJS.ProcessEnv;
  /** the learner's first file of a lab: `11-numbers/1-double` */
  file(lab: string): string;
  solution(lab: string): string;
}

/** Gone after the test. */
export function makeRunnableCourse(): RunnableCourse {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'interleave-test-')));
  onTestFinished(() => rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  const [root, tmp] = [join(base, 'course'), join(base, 'tmp')];
  cpSync(join(courseRoot, 'test/fixtures/course'), root, { recursive: true });
  cpSync(join(courseRoot, 'runner'), join(root, 'runner'), { recursive: true });
  cpSync(join(courseRoot, 'package.json'), join(root, 'package.json'));
  symlinkSync(join(courseRoot, 'node_modules'), join(root, 'node_modules'));
  mkdirSync(tmp);
  const { PATH, HOME } = process.env;
  return {
    root,
    workspace: join(root, 'workspace'),
    launcher: join(root, 'runner/launch.mjs'),
    tmp,
    env: { PATH, HOME, TMPDIR: tmp, LANG: 'C.UTF-8' },
    file: (lab) => join(root, 'workspace', lab, 'lab.ts'),
    solution: (lab) => join(root, 'solutions', lab, 'lab.ts'),
  };
}
