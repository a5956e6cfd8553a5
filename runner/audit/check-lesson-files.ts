// The format of a lesson's text: its pages, questions, demos, measured numbers. It knows nothing of how a lesson is shown.
import { basename, dirname } from 'node:path/posix';
import { parseFrontMatter } from '../course/front-matter.ts';
import { readLessonBody } from '../course/lesson-body.ts';
import { kindOf } from './content-files.ts';
import type { Document } from './document.ts';
import type { Problem } from './problem.ts';

/**
 * @param document lessons/NN-name/lesson.md
 * @param root the course's folder
 */
export function checkLessonFile({ file, text }: Document, root: string): Problem[] {
  const folder = `lessons/${basename(dirname(file))}`;
  const { fields, body, bodyLine } = parseFrontMatter(text, file);
  const recorded = fields.get('recorded')?.value;
  const { problems } = readLessonBody(body, bodyLine, {
    folder,
    recordedOn: typeof recorded === 'string' ? recorded : undefined,
    hasDemo: (name) => kindOf(root, `${folder}/demos/${name}.ts`) === 'file',
  });
  return problems.map((problem) => ({ file, ...problem }));
}
