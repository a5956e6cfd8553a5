// One lesson: its text, which reader-screen.ts shows, and its labs to choose from.
import type { Lab } from '../course/lab.ts';
import type { Lesson } from '../course/lesson.ts';
import { courseOverview } from '../progress/overview.ts';
import type { LabStatus } from '../progress/progress.ts';
import { printLines } from '../terminal/print.ts';
import { readableColumns, truncate, wrap } from '../terminal/wrap.ts';
import type { Desk, Place } from './desk.ts';
import { chooseFrom, type MenuRow } from './menu.ts';
import type { Score } from './reader-state.ts';

const marks: Readonly<Record<LabStatus, string>> = { new: '[ ]', started: '[~]', passed: '[x]' };
const words: Readonly<Record<LabStatus, string>> = { new: 'new', started: 'started', passed: 'passed' };

/** @param stand the lab from which somebody comes back: the labs are shown at first then, and this one is active */
export async function showLesson(desk: Desk, lesson: Lesson, stand?: Lab): Promise<Place> {
  if (!lesson.isWritten) {
    const remark = 'Its text is not written yet; its labs are.';
    return (await chooseLab(desk, lesson, remark, stand)) ?? { kind: 'map', lesson };
  }
  const place = stand && (await chooseLab(desk, lesson, undefined, stand));
  return place ?? (await readAndChoose(desk, lesson));
}

/** From the text to the labs and back, until the learner goes somewhere else. */
async function readAndChoose(desk: Desk, lesson: Lesson): Promise<Place> {
  // Whoever only looks at the map does not wait for what shows a lesson.
  const { openBook, openReading, read, scoreOf } = await import('./reader-screen.ts');
  const book = await openBook(desk, lesson);
  for (let reading = openReading(desk, book); ;) {
    const { end, reading: now } = await read(desk, book, reading);
    reading = now;
    if (end === 'left' || end === 'interrupted') return { kind: end };
    if (end === 'map') return { kind: 'map', lesson };
    const score = `You have read lesson ${lesson.id}. ${scoreText(scoreOf(book, reading))}`.trim();
    const place = await chooseLab(desk, lesson, end === 'end' ? score : undefined);
    if (place) return place;
  }
}

/** @returns undefined when the learner goes back to the text */
async function chooseLab(
  desk: Desk,
  lesson: Lesson,
  remark: string | undefined,
  stand?: Lab,
): Promise<Place | undefined> {
  const { io, style, progress } = desk;
  const columns = Math.min(io.columns, readableColumns);
  const [overview] = courseOverview({ root: desk.course.root, lessons: [lesson] }, progress, io.env);
  const labs = overview?.labs ?? [];
  if (labs.length === 0) return { kind: 'map', lesson, ...(remark === undefined ? {} : { notice: remark }) };
  printLines(io, [
    ...wrap(`Lesson ${lesson.id}: ${lesson.title}`, columns).map(style.heading),
    ...wrap(lesson.promise, columns),
    ...(remark === undefined ? [] : wrap(remark, columns)),
    '',
  ]);
  const first = labs.findIndex(({ status }) => status !== 'passed');
  const end = await chooseFrom(
    {
      title: `Labs of lesson ${lesson.id}`,
      rows: labs.map(({ title, status }, index) => labRow(index + 1, title, status)),
      start: Math.max(0, stand ? lesson.labs.indexOf(stand) : first),
      hasBack: true,
    },
    io,
    style,
  );
  if (end.kind === 'back') return undefined;
  if (end.kind !== 'chosen') return { kind: end.kind === 'interrupted' ? 'interrupted' : 'left' };
  const lab = lesson.labs[end.index];
  return lab ? { kind: 'lab', lab } : { kind: 'map', lesson };
}

function labRow(number: number, title: string, status: LabStatus): MenuRow {
  return {
    number: String(number),
    text: (columns) => truncate(`${marks[status]} ${number}  ${title}`, Math.min(columns, readableColumns)),
    detail: `This lab is ${words[status]}.`,
  };
}

function scoreText({ questions, answered, right }: Score): string {
  if (questions === 0) return '';
  const open = questions - answered;
  const left = open === 0 ? '' : `, ${open} not answered yet`;
  return `Of its ${questions} question${questions === 1 ? '' : 's'} you answered ${right} right${left}.`;
}
