// The map of the course as lines of text: every lesson, its labs, and how far the learner got. It takes plain data and
// knows nothing of where that comes from.
import type { Style } from './style.ts';
import { displayWidth, readableColumns, truncate } from './wrap.ts';

export interface MapLab {
  readonly id: string;
  readonly title: string;
  readonly status: 'new' | 'started' | 'passed';
}

export interface MapLesson {
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
  readonly isWritten: boolean;
  readonly labs: readonly MapLab[];
}

const marks = { new: '[ ]', started: '[~]', passed: '[x]' };

/** @param columns the width of the terminal */
export function courseMap(lessons: readonly MapLesson[], columns: number, style: Style): string[] {
  const width = Math.min(columns, readableColumns);
  const labs = lessons.flatMap((lesson) => lesson.labs);
  const passed = labs.filter((lab) => lab.status === 'passed').length;
  return [
    spread(style.heading('Interleave'), `${passed} of ${count(labs.length, 'lab')} passed`, width),
    '',
    ...lessons.flatMap((lesson) => [lessonLine(lesson, width, style), ...labLines(lesson, width, style)]),
    '',
    style.quiet(truncate(`${marks.passed} passed   ${marks.started} started   ${marks.new} new`, width)),
  ];
}

function lessonLine(lesson: MapLesson, width: number, style: Style): string {
  const end = lesson.isWritten ? `${lesson.minutes} min` : 'not written yet';
  const line = spread(truncate(`${lesson.id}  ${lesson.title}`, width - end.length - 2), end, width);
  return lesson.isWritten ? line : style.quiet(line);
}

function labLines(lesson: MapLesson, width: number, style: Style): string[] {
  return lesson.labs.map((lab) => {
    const line = truncate(`    ${marks[lab.status]} ${lab.id}  ${lab.title}`, width);
    if (lab.status === 'passed') return style.good(line);
    return lab.status === 'started' ? style.warning(line) : line;
  });
}

/** Something at each end of a line. */
export function spread(left: string, right: string, width: number): string {
  const gap = Math.max(2, width - displayWidth(left) - displayWidth(right));
  return left + ' '.repeat(gap) + right;
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
