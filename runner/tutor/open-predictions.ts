// Predictions of earlier lessons that were wrong when they were made last, with what the lesson shows around them. It
// knows nothing of how they are asked again.
import type { Course } from '../course/course.ts';
import { loadLessonBody } from '../course/lesson-body.ts';
import type { Choice, LessonBlock, LessonBody, Page, Question } from '../course/lesson-blocks.ts';
import type { Lesson } from '../course/lesson.ts';
import type { Progress } from '../progress/progress.ts';

export interface OpenPrediction {
  /** `14/order` */
  readonly name: string;
  readonly lesson: Lesson;
  readonly body: LessonBody;
  readonly question: Question;
  /** what it is about: the program above it, or the sentence */
  readonly context: readonly LessonBlock[];
  /** what was chosen then */
  readonly chosen: Choice;
  /** when, in milliseconds since 1970 */
  readonly at: number;
}

/** More would not be a short review. */
const most = 3;

/**
 * The oldest ones first; none that the course does not ask any more.
 * @param opened the lesson that begins: its own stand in it
 * @param reviewed the names of those that were asked again already
 */
export function openPredictions(
  { course, progress, reviewed }: { course: Course; progress: Progress; reviewed: ReadonlySet<string> },
  opened: Lesson,
): OpenPrediction[] {
  const bodies = new Map<Lesson, LessonBody>();
  const found: OpenPrediction[] = [];
  for (const wrong of progress.wrongPredictions()) {
    const name = `${wrong.lesson}/${wrong.question}`;
    const lesson = course.lessons.find(({ id }) => id === wrong.lesson);
    if (!lesson?.isWritten || lesson === opened || reviewed.has(name)) continue;
    const body = bodies.get(lesson) ?? loadLessonBody(lesson);
    bodies.set(lesson, body);
    const place = placeOf(wrong.question, body);
    const chosen = place?.question.choices.find(({ letter }) => letter === wrong.choice);
    // Where the text has changed, the choice may be the right one by now.
    if (place && chosen && !chosen.isRight) found.push({ name, lesson, body, ...place, chosen, at: wrong.at });
    if (found.length === most) break;
  }
  return found;
}

function placeOf(name: string, { pages }: LessonBody): Pick<OpenPrediction, 'question' | 'context'> | undefined {
  for (const { blocks } of pages) {
    const index = blocks.findIndex((block) => block.kind === 'question' && block.isPrediction && block.name === name);
    const question = blocks[index];
    if (question?.kind === 'question') return { question, context: contextOf(blocks, index) };
  }
  return undefined;
}

/** From the first program since the question before on, for a later one leans on it; without any the sentence above. */
function contextOf(blocks: Page['blocks'], index: number): readonly LessonBlock[] {
  const before = blocks.slice(0, index);
  const own = before.slice(before.findLastIndex(({ kind }) => kind === 'question' || kind === 'demo') + 1);
  const first = own.findIndex(({ kind }) => kind === 'fence');
  return own.slice(first < 0 ? -1 : first);
}
