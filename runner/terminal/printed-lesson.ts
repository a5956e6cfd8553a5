// A whole lesson as lines, as it is printed: one page after the other, what can be done as something to type, the answers
// at the end where nobody sees them beside their questions. It knows nothing of who reads.
import type { Inline } from '../course/blocks.ts';
import type { ProgramWay } from '../course/fence-info.ts';
import { questionsOf, type LessonBody, type Question } from '../course/lesson-blocks.ts';
import type { Lesson } from '../course/lesson.ts';
import { joined, proseColumns, type TextView } from './block-lines.ts';
import { escapeLine } from './escape.ts';
import { headLines, originLines, pageLines, titleLines, type LessonView } from './lesson-lines.ts';
import { answerLines, questionLines } from './question-lines.ts';
import type { Style } from './style.ts';
import { wrap } from './wrap.ts';

/** What is not in the lesson. */
export type PrintView = Pick<TextView, 'columns' | 'style' | 'colourCode' | 'measured'>;

const answersTitle: readonly Inline[] = [{ kind: 'text', text: 'Answers' }];
const labsTitle: readonly Inline[] = [{ kind: 'text', text: 'Labs' }];

export function printedLesson(lesson: Lesson, body: LessonBody, view: PrintView): string[] {
  const questions = questionsOf(body);
  const { style } = view;
  const columns = Math.min(view.columns, proseColumns);
  const printed: LessonView = {
    ...view,
    folder: `lessons/${lesson.folderName}`,
    recorded: body.recorded,
    recordedOn: lesson.recordedOn,
    atProgram: (file, ways) => ways.flatMap((way) => commandLines(file, way, view)),
    atQuestion: (question) => {
      const number = questions.indexOf(question) + 1;
      return joined([
        wrap(`Question ${number}: ${question.isPrediction ? 'predict' : 'check yourself'}`, columns).map(style.heading),
        questionLines(question, printed),
        [style.quiet(`(Answer ${number} is at the end.)`)],
      ]);
    },
    atDemo: (name) => [`Demo: ${style.accent(`npx interleave demo ${lesson.id}/${name}`)}`],
  };
  return joined([
    headLines(lesson, printed),
    ...body.pages.map((page) => pageLines(page, printed)),
    ...answersParts(questions, printed),
    labsLines(lesson, columns, printed),
  ]);
}

/** What is known of a lesson that nobody has written yet. */
export function unwrittenLesson({ id, title, promise }: Lesson, columns: number, style: Style): string[] {
  const width = Math.min(columns, proseColumns);
  return [
    ...wrap(`Lesson ${id}: ${escapeLine(title)}`, width).map(style.heading),
    ...wrap(`This lesson is not written yet. What it promises: ${escapeLine(promise)}`, width),
  ];
}

/** A command that can be pasted, on two lines where one does not hold it. */
function commandLines(file: string, way: ProgramWay, { columns, style }: PrintView): string[] {
  const command = commandOf(file, way);
  const line = `${command} ${escapeLine(file)}`;
  return (line.length <= columns ? [line] : [`${command} \\`, `  ${escapeLine(file)}`]).map(style.quiet);
}

function commandOf(file: string, way: ProgramWay): string {
  switch (way) {
    case 'run':
      return `To run it: ${file.endsWith('.py') ? 'python3' : 'node runner/launch.mjs --run'}`;
    case 'trace':
      return 'To trace it: npx interleave trace';
    case 'explore':
      return 'To explore it: npx interleave explore';
    case 'explore-tso':
      return 'To explore it: npx interleave explore --memory tso';
  }
}

function answersParts(questions: readonly Question[], view: LessonView): string[][] {
  if (questions.length === 0) return [];
  const explanations = questions.flatMap(({ choices }) => choices.flatMap(({ explanation }) => explanation));
  return [
    titleLines({ title: answersTitle }, view),
    ...questions.flatMap((question, index) => [
      [view.style.heading(`Answer ${index + 1}`)],
      answerLines(question, view),
    ]),
    originLines(explanations, view),
  ];
}

function labsLines({ labs }: Lesson, columns: number, view: LessonView): string[] {
  if (labs.length === 0) return [];
  const labLines = labs.flatMap(({ id, title }) =>
    wrap(escapeLine(title), columns, { first: `${id}  `, rest: '      ' }),
  );
  return [...titleLines({ title: labsTitle }, view), '', ...labLines];
}
