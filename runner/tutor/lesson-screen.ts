// One lesson: what it promises, where its text is, and its labs to choose from.
import type { Lab } from '../course/lab.ts';
import { lessonFile, type Lesson } from '../course/lesson.ts';
import type { LabStatus } from '../progress/progress.ts';
import { courseOverview } from '../progress/overview.ts';
import { printLines } from '../terminal/print.ts';
import { readableColumns, truncate, wrap } from '../terminal/wrap.ts';
import type { Desk, Place } from './desk.ts';
import { chooseFrom, type MenuRow } from './menu.ts';

const marks: Readonly<Record<LabStatus, string>> = { new: '[ ]', started: '[~]', passed: '[x]' };
const words: Readonly<Record<LabStatus, string>> = { new: 'new', started: 'started', passed: 'passed' };

/** @param stand the lab that is active at first; without one the first that is not passed */
export async function showLesson(desk: Desk, lesson: Lesson, stand?: Lab): Promise<Place> {
  const { io, style, progress } = desk;
  const columns = Math.min(io.columns, readableColumns);
  const text = lesson.isWritten
    ? `Its text is in ${lessonFile(lesson)}; open it in your editor.`
    : 'Its text is not written yet; its labs are.';
  printLines(io, [
    ...wrap(`Lesson ${lesson.id}: ${lesson.title}`, columns).map(style.heading),
    ...wrap(lesson.promise, columns),
    ...wrap(text, columns).map(style.quiet),
    '',
  ]);
  const [overview] = courseOverview({ root: desk.course.root, lessons: [lesson] }, progress, io.env);
  const rows = (overview?.labs ?? []).map(({ title, status }, index) => labRow(index + 1, title, status));
  if (rows.length === 0) return { kind: 'map', lesson };
  const first = (overview?.labs ?? []).findIndex(({ status }) => status !== 'passed');
  const end = await chooseFrom(
    {
      title: `Labs of lesson ${lesson.id}`,
      rows,
      start: Math.max(0, stand ? lesson.labs.indexOf(stand) : first),
      hasBack: true,
    },
    io,
    style,
  );
  if (end.kind === 'chosen') {
    const lab = lesson.labs[end.index];
    return lab ? { kind: 'lab', lab } : { kind: 'map', lesson };
  }
  if (end.kind === 'back') return { kind: 'map', lesson };
  return { kind: end.kind === 'interrupted' ? 'interrupted' : 'left' };
}

function labRow(number: number, title: string, status: LabStatus): MenuRow {
  return {
    number: String(number),
    text: (columns) => truncate(`${marks[status]} ${number}  ${title}`, Math.min(columns, readableColumns)),
    detail: `This lab is ${words[status]}.`,
  };
}
