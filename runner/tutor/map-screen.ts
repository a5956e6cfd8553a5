// The map of the course as a list to choose from, with a row at its top that goes on where the learner was.
import type { Course } from '../course/course.ts';
import type { Lesson } from '../course/lesson.ts';
import { courseOverview, type LessonOverview, labToGoOnWith } from '../progress/overview.ts';
import { spread } from '../terminal/course-map.ts';
import { readableColumns, truncate } from '../terminal/wrap.ts';
import type { Desk, Place } from './desk.ts';
import { chooseFrom, type MenuRow } from './menu.ts';
import { welcome } from './welcome.ts';

/**
 * @param stand the lesson that is active at first; without one the row that goes on, or else the first lesson with a lab
 * @param notice what must be read first, if anything
 */
export async function showMap(desk: Desk, stand?: Lesson, notice?: string): Promise<Place> {
  const { course, io, style } = desk;
  const overview = courseOverview(course, desk.progress, io.env);
  const goOn = placeToGoOn(desk);
  const rows = [
    ...(goOn ? [goOnRow(goOn)] : []),
    ...overview.map((lesson, index) => lessonRow(lesson, course.lessons[index])),
  ];
  const labs = overview.flatMap((lesson) => lesson.labs);
  const end = await chooseFrom(
    {
      notice,
      rowsAbove: welcome.length,
      title: `The course: ${overview.length} lessons, ${labs.filter(({ status }) => status === 'passed').length} of ${countLabs(labs.length)} passed`,
      rows,
      start: startRow(course, goOn !== undefined, stand),
      hasBack: false,
      extra: { key: 'n', word: 'your numbers' },
      onShown: desk.judge.start,
    },
    io,
    style,
  );
  if (end.kind === 'extra') return { kind: 'costs' };
  if (end.kind !== 'chosen') return { kind: end.kind === 'interrupted' ? 'interrupted' : 'left' };
  if (goOn && end.index === 0) return goOn;
  const lesson = course.lessons[end.index - (goOn ? 1 : 0)];
  if (!lesson) return { kind: 'map' };
  if (lesson.labs.length > 0 || lesson.isWritten) return { kind: 'lesson', lesson };
  const text = `Lesson ${lesson.id}, "${lesson.title}", is not written yet. Once it is: ${lesson.promise}`;
  return { kind: 'map', lesson, notice: text };
}

type GoOn = Extract<Place, { kind: 'lesson' | 'lab' }>;

/** The lesson that is being read, if that was the last thing; else a lab. */
function placeToGoOn({ course, progress, io }: Desk): GoOn | undefined {
  const last = progress.lastPlace();
  const lesson = last?.kind === 'lesson' ? course.lessons.find(({ id }) => id === last.lesson) : undefined;
  if (lesson?.isWritten) return { kind: 'lesson', lesson };
  const lab = labToGoOnWith(course, progress, io.env);
  return lab && { kind: 'lab', lab };
}

function startRow({ lessons }: Course, hasGoOn: boolean, stand: Lesson | undefined): number {
  const lesson = stand ?? (hasGoOn ? undefined : lessons.find(({ labs }) => labs.length > 0));
  // The row that goes on is the first one.
  return lesson ? lessons.indexOf(lesson) + (hasGoOn ? 1 : 0) : 0;
}

function goOnRow(place: GoOn): MenuRow {
  const text =
    place.kind === 'lab'
      ? `Continue: ${place.lab.id}  ${place.lab.title}`
      : `Continue: lesson ${place.lesson.id}  ${place.lesson.title}`;
  return {
    number: '0',
    text: (columns) => truncate(text, Math.min(columns, readableColumns)),
    detail: place.kind === 'lab' ? 'Where you were.' : 'The page that you read last.',
  };
}

function lessonRow({ id, title, minutes, isWritten, labs }: LessonOverview, lesson: Lesson | undefined): MenuRow {
  const passed = labs.filter(({ status }) => status === 'passed').length;
  const begun = labs.some(({ status }) => status !== 'new');
  const score =
    labs.length === 0 ? '' : begun ? `${passed} of ${countLabs(labs.length)} passed` : countLabs(labs.length);
  const state = isWritten ? `${String(minutes).padStart(4)} min` : 'not written yet';
  return {
    number: id,
    text(columns) {
      const width = Math.min(columns, readableColumns);
      const end = [score, state].filter((part) => part !== '').join('  ');
      return spread(truncate(`${id}  ${title}`, width - end.length - 2), end, width);
    },
    detail: lesson?.promise ?? '',
  };
}

function countLabs(number: number): string {
  return `${number} lab${number === 1 ? '' : 's'}`;
}
