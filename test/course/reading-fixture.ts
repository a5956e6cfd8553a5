// The lesson in test/fixtures/reading, which uses everything that a lesson can be made of, and edits of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFrontMatter } from '../../runner/course/front-matter.ts';
import type { LessonBody } from '../../runner/course/lesson-blocks.ts';
import { readLessonBody } from '../../runner/course/lesson-body.ts';
import { courseRoot } from '../../runner/course/paths.ts';

export const readingRoot = join(courseRoot, 'test/fixtures/reading');
export const everyPart = '07-every-part';

const text = readFileSync(join(readingRoot, 'lessons', everyPart, 'lesson.md'), 'utf8');

/** What to replace by what. */
export type Edit = readonly [from: string | RegExp, to: string];

/** The lesson's text with some edits, each of which must change something. */
export function lessonWith(...edits: readonly Edit[]): string {
  return edits.reduce((before, [from, to]) => {
    const after = before.replace(from, to);
    if (after === before) throw new Error(`nothing to replace: ${String(from)}`);
    return after;
  }, text);
}

/** Reads a lesson that has one demo, `halves`. */
export function readText(text: string): LessonBody {
  const { fields, body, bodyLine } = parseFrontMatter(text, 'lesson.md');
  const recorded = fields.get('recorded')?.value;
  return readLessonBody(body, bodyLine, {
    folder: `lessons/${everyPart}`,
    recordedOn: typeof recorded === 'string' ? recorded : undefined,
    hasDemo: (name) => name === 'halves',
  });
}
