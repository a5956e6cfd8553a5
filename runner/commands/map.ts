// The map of the course for `list` and for whoever starts the course without a terminal.
import { loadCourse } from '../course/course.ts';
import { type LessonOverview, courseOverview } from '../progress/overview.ts';
import { courseMap } from '../terminal/course-map.ts';
import type { Io } from '../terminal/io.ts';
import { printLines } from '../terminal/print.ts';
import { styleFor } from '../terminal/style.ts';
import { readableColumns, wrap } from '../terminal/wrap.ts';
import { withProgress } from './with-progress.ts';

export async function readOverview(io: Io): Promise<LessonOverview[]> {
  const course = loadCourse();
  return await withProgress(io, (progress) => courseOverview(course, progress, io.env));
}

export function printMap(overview: readonly LessonOverview[], io: Io): void {
  printLines(io, courseMap(overview, io.columns, styleFor(io.stdout, io.env)));
}

/** What `npm start` says where nobody can press a key. */
export async function printMapAndWayOn(io: Io): Promise<void> {
  const overview = await readOverview(io);
  printMap(overview, io);
  printLines(io, ['', ...wayOn(overview, io.columns)]);
}

function wayOn(overview: readonly LessonOverview[], columns: number): string[] {
  const labs = overview.flatMap((lesson) => lesson.labs);
  const next = labs.find((lab) => lab.status === 'started') ?? labs.find((lab) => lab.status === 'new');
  const ways = [
    ['npm start', 'at a terminal: the tutor'],
    ...(next ? [[`npx interleave test ${next.id}`, `judges your copy of "${next.title}"`]] : []),
    ['npx interleave help', 'every command'],
  ];
  const width = Math.max(...ways.map(([typed = '']) => typed.length));
  const lines = ways.flatMap(([typed = '', what = '']) => {
    const first = `  ${typed.padEnd(width)}   `;
    return wrap(what, Math.min(columns, readableColumns), { first, rest: ' '.repeat(first.length) });
  });
  return ['To go on:', '', ...lines];
}
