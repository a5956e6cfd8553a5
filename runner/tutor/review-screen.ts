// A short review before a lesson begins: predictions of earlier lessons that were wrong, asked again. Answered right, one
// is settled; answered wrong, it stays open and comes up another day.
import { dateInWords } from '../course/local-date.ts';
import { languagesOf } from '../course/lesson-programs.ts';
import { demoOf } from '../course/lesson-marks.ts';
import type { Choice } from '../course/lesson-blocks.ts';
import type { Lesson } from '../course/lesson.ts';
import { joined } from '../terminal/block-lines.ts';
import { loadCodeColours } from '../terminal/code-colours.ts';
import { lessonBlockLines, originLines, shownOf, type LessonView } from '../terminal/lesson-lines.ts';
import { outcomeLines, questionLines } from '../terminal/question-lines.ts';
import { readableColumns, wrap } from '../terminal/wrap.ts';
import type { Desk, Place } from './desk.ts';
import { type OpenPrediction, openPredictions } from './open-predictions.ts';
import { keptMeasurements } from './reader-measurements.ts';
import { type Sheet, showSheets } from './sheet.ts';

/** @returns where the learner goes instead; undefined: on to the lesson */
export async function review(desk: Desk, opened: Lesson): Promise<Place | undefined> {
  const open = openPredictions(desk, opened);
  const asked = await Promise.all(
    open.map(async (prediction): Promise<Asked> => ({ ...prediction, viewAt: await viewFor(prediction, desk) })),
  );
  const [first] = asked;
  if (!first) return undefined;
  // Whoever skips the review has seen enough of it for now.
  for (const { name } of asked) desk.reviewed.add(name);
  let index = 0;
  let isAnswered = false;
  const sheet = (chosen?: Choice): Sheet => sheetOf({ asked, index, opened, chosen }, desk);
  const end = await showSheets<Place | 'on'>(desk, sheet(), (key) => {
    switch (key) {
      case 's':
      case 'escape':
        return { end: 'on' };
      case 'q':
        return { end: { kind: 'left' } };
      case 'ctrl-c':
      case 'ctrl-d':
        return { end: { kind: 'interrupted' } };
    }
    const { lesson, question } = asked[index] ?? first;
    if (isAnswered) {
      if (key !== 'enter') return undefined;
      if (index === asked.length - 1) return { end: 'on' };
      index += 1;
      isAnswered = false;
      return { show: sheet() };
    }
    const choice = question.choices.find(({ letter }) => letter === key);
    if (!choice) return undefined;
    const { letter, isRight } = choice;
    desk.progress.recordAnswer(lesson.id, question.name, { choice: letter, isRight, isPrediction: true });
    isAnswered = true;
    return { show: sheet(choice) };
  });
  return end === 'on' ? undefined : end;
}

interface Asked extends OpenPrediction {
  readonly viewAt: (columns: number) => LessonView;
}

interface Standing {
  readonly asked: readonly Asked[];
  readonly index: number;
  readonly opened: Lesson;
  readonly chosen: Choice | undefined;
}

/** One of them; once it is answered with what there is to say of that. */
function sheetOf({ asked, index, opened, chosen }: Standing, desk: Desk): Sheet {
  const prediction = asked[index];
  if (!prediction) throw new Error('there is nothing to ask again');
  const { question, name } = prediction;
  const letters = question.choices.map(({ letter }) => letter);
  const isLast = index === asked.length - 1;
  const asking = (columns: number) =>
    askingLines(prediction, { number: index + 1, of: asked.length, opened }, columns, desk);
  if (!chosen) return { name, lines: asking, keys: [`${letters.join(' ')} answer`, 's skip', 'q quit'] };
  return {
    name,
    lines: (columns) => [...asking(columns), '', ...answeredLines(prediction, chosen, columns, desk)],
    keys: [isLast ? `Enter lesson ${opened.id}` : 'Enter next', ...(isLast ? [] : ['s skip']), 'q quit'],
    from: (columns) => asking(columns).length - 1,
  };
}

function askingLines(
  { lesson, question, context, chosen, at, viewAt }: Asked,
  { number, of, opened }: { number: number; of: number; opened: Lesson },
  columns: number,
  { style }: Desk,
): string[] {
  const view = viewAt(columns);
  const width = Math.min(columns - 1, readableColumns);
  const count = of === 1 ? 'a prediction' : `${of} predictions`;
  const day = dateInWords(at).split(',', 1)[0];
  return joined([
    [
      ...wrap(`Before lesson ${opened.id}: ${count} to make again`, width).map(style.heading),
      ...wrap(`${of === 1 ? '' : `${number} of ${of}, `}from lesson ${lesson.id}, "${lesson.title}"`, width),
    ],
    ...context.map((block) => lessonBlockLines(block, view)),
    questionLines(question, view),
    originLines(
      [...context, question].flatMap((block) => [...shownOf(block, view)]),
      view,
    ),
    wrap(`On ${day} you said ${chosen.letter}, which was not so. Now?`, width).map(style.accent),
  ]);
}

function answeredLines({ question, viewAt }: Asked, chosen: Choice, columns: number, { style }: Desk): string[] {
  const what = chosen.isRight ? 'That one is settled.' : 'It stays open, and comes up another day.';
  return joined([outcomeLines(question, chosen, viewAt(columns)), [style.quiet(what)]]);
}

async function viewFor({ lesson, body }: OpenPrediction, { style, progress }: Desk): Promise<Asked['viewAt']> {
  const colourCode = await loadCodeColours(languagesOf(body), style);
  const measurements = keptMeasurements(lesson.demos, progress);
  return (columns) => ({
    columns: columns - 1,
    style,
    colourCode,
    folder: `lessons/${lesson.folderName}`,
    recorded: body.recorded,
    recordedOn: lesson.recordedOn,
    measured(name) {
      const demo = demoOf(name);
      return measurements.get(demo)?.numbers[name.slice(demo.length + 1)];
    },
    atQuestion: () => [],
    atDemo: () => [],
  });
}
