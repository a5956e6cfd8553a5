// The ladder of hints of a lab: hints.md, one `## ` for each rung, from vague to near. It knows nothing of who climbs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CourseError } from './course-error.ts';
import { type Lab, labPath } from './lab.ts';

export interface Rung {
  readonly title: string;
  /** Markdown */
  readonly text: string;
}

/** Fewer are no ladder: a question, a direction, a step. */
const fewestRungs = 3;

/**
 * Reads the hints of a lab, at least three.
 * @throws CourseError that names the file and the line
 */
export function readHints(lab: Lab): Rung[] {
  const file = `labs/${labPath(lab)}/hints.md`;
  let text: string;
  try {
    text = readFileSync(join(lab.folder, 'hints.md'), 'utf8');
  } catch (error) {
    throw mistake(file, `cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  return parseHints(text, file);
}

/**
 * @param file what to call the file in messages
 * @throws CourseError that names the file and the line
 */
export function parseHints(text: string, file: string): Rung[] {
  const rungs: { title: string; lines: string[]; line: number }[] = [];
  let fence: string | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    fence = fenceAfter(line, fence);
    const heading = fence === undefined ? /^## +(\S.*?)\s*$/.exec(line) : null;
    if (heading?.[1] !== undefined) rungs.push({ title: heading[1], lines: [], line: index + 1 });
    else rungs.at(-1)?.lines.push(line);
  }
  const empty = rungs.find(({ lines }) => lines.join('').trim() === '');
  if (empty) throw mistake(`${file}:${empty.line}`, `the hint "${empty.title}" has no text`);
  if (rungs.length < fewestRungs)
    throw mistake(`${file}:1`, `has ${rungs.length} hints (a "## " each), and a ladder has at least ${fewestRungs}`);
  return rungs.map(({ title, lines }) => ({ title, text: lines.join('\n').trim() }));
}

/** The fence that is open after a line of Markdown: a `## ` in a block of code is no heading. */
function fenceAfter(line: string, open: string | undefined): string | undefined {
  const marks = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
  if (marks === undefined) return open;
  if (open === undefined) return marks;
  const closes = marks[0] === open[0] && marks.length >= open.length && line.trim() === marks;
  return closes ? undefined : open;
}

function mistake(where: string, what: string): CourseError {
  return new CourseError(`${where}: ${what}`, 'CONTRIBUTING.md describes hints.md.');
}
