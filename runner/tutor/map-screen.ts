// The map of the course as a list to choose from, with a row at its top that goes on where the learner was.
import type { Lab } from '../course/lab.ts';
import type { Lesson } from '../course/lesson.ts';
import { courseOverview, type LessonOverview, labToGoOnWith } from '../progress/overview.ts';
import { spread } from '../terminal/course-map.ts';
import { readableColumns, truncate } from '../terminal/wrap.ts';
import type { Desk, Place } from './desk.ts';
import { chooseFrom, type MenuRow } from './menu.ts';
import { welcome } from './welcome.ts';

/**
 * @param stand the lesson that is active at first; without one where the learner was, or else the first with a lab
 * @param notice what must be read first, if anything
 */
export async function showMap(desk: Desk, stand?: Lesson, notice?: string): Promise<Place> {
  const { course, io, style } = desk;
  const overview = courseOverview(course, desk.progress, io.env);
  const goOn = labToGoOnWith(course, desk.progress, io.env);
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
      start: startRow(desk, goOn, stand),
      hasBack: false,
      onShown: desk.judge.start,
    },
    io,
    style,
  );
  if (end.kind !== 'chosen') return { kind: end.kind === 'interrupted' ? 'interrupted' : 'left' };
  if (goOn && end.index === 0) return { kind: 'lab', lab: goOn };
  const lesson = course.lessons[end.index - (goOn ? 1 : 0)];
  if (!lesson) return { kind: 'map' };
  if (lesson.labs.length > 0 || lesson.isWritten) return { kind: 'lesson', lesson };
  const text = `Lesson ${lesson.id}, "${lesson.title}", is not written yet. Once it is: ${lesson.promise}`;
  return { kind: 'map', lesson, notice: text };
}

function startRow({ course, progress }: Desk, goOn: Lab | undefined, stand: Lesson | undefined): number {
  const last = progress.lastPlace();
  const read = last?.kind === 'lesson' ? course.lessons.find(({ id }) => id === last.lesson) : undefined;
  const first = goOn ? undefined : course.lessons.find(({ labs }) => labs.length > 0);
  const lesson = stand ?? read ?? first;
  // The row that goes on with a lab is the first one.
  return lesson ? course.lessons.indexOf(lesson) + (goOn ? 1 : 0) : 0;
}

function goOnRow(lab: Lab): MenuRow {
  return {
    number: '0',
    text: (columns) => truncate(`Continue: ${lab.id}  ${lab.title}`, Math.min(columns, readableColumns)),
    detail: 'Where you were.',
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
