// The pages of a lesson as lines. What stands where the reader can do something (answer, run, measure) is told by whoever
// shows the page. It knows nothing of keys.
import { inlinesOf, withInner, type Block, type Inline } from '../course/blocks.ts';
import { holds, type Conditional, type LessonBlock, type Page, type Question } from '../course/lesson-blocks.ts';
import type { Lesson } from '../course/lesson.ts';
import { blockLines, headingLines, joined, proseColumns, type TextView } from './block-lines.ts';
import { escapeLine } from './escape.ts';
import { recordedMark } from './inline-spans.ts';
import { wrap } from './wrap.ts';

export interface LessonView extends TextView {
  /** what the measured numbers were when the lesson was written */
  readonly recorded: ReadonlyMap<string, number>;
  /** the machine on which that was */
  readonly recordedOn: string | undefined;
  /** what stands in the place of a question, and of a demo */
  readonly atQuestion: (question: Question) => readonly string[];
  readonly atDemo: (name: string) => readonly string[];
}

/** What stands above the first page. */
export function headLines({ id, title, promise, minutes }: Lesson, { columns, style }: TextView): string[] {
  const width = Math.min(columns, proseColumns);
  return [
    ...wrap(`Lesson ${id}: ${escapeLine(title)}`, width).map(style.heading),
    ...wrap(escapeLine(promise), width),
    ...wrap(`${minutes} minutes, with its labs`, width).map(style.quiet),
  ];
}

/** A page with its title. */
export function pageLines(page: Page, view: LessonView): string[] {
  const { blocks } = page;
  return joined([
    titleLines(page, view),
    ...blocks.map((block) => lessonBlockLines(block, view)),
    originLines(
      blocks.flatMap((block) => shownOf(block, view)),
      view,
    ),
  ]);
}

export function titleLines({ title }: Pick<Page, 'title'>, view: TextView): string[] {
  return title.length > 0 ? headingLines(title, 2, view) : [];
}

/** One block of a page; no lines when it is for another number than the one that was measured. */
export function lessonBlockLines(block: LessonBlock, view: LessonView): string[] {
  switch (block.kind) {
    case 'question':
      return [...view.atQuestion(block)];
    case 'demo':
      return [...view.atDemo(block.name)];
    case 'when':
      return isSo(block, view) ? blockLines(block.blocks, view) : [];
    default:
      return blockLines([block], view);
  }
}

/** Where the numbers in some blocks come from that were not measured here; no lines when there are none. */
export function originLines(blocks: readonly Block[], { measured, recordedOn, style, columns }: LessonView): string[] {
  const isForeign = (inline: Inline): boolean => inline.kind === 'number' && measured?.(inline.name) === undefined;
  if (!withInner(blocks).some((block) => inlinesOf(block).some(isForeign))) return [];
  const where = recordedOn === undefined ? 'on another machine' : `on another machine: ${recordedOn}`;
  return wrap(`${recordedMark} measured ${where}`, Math.min(columns, proseColumns)).map(style.quiet);
}

/** What a reader sees of a block before anything was answered. */
export function shownOf(block: LessonBlock, view: LessonView): readonly Block[] {
  if (block.kind === 'question') return [...block.prompt, ...block.choices.flatMap(({ text }) => text)];
  if (block.kind === 'when') return isSo(block, view) ? block.blocks : [];
  return block.kind === 'demo' ? [] : [block];
}

function isSo({ condition }: Conditional, { measured, recorded }: LessonView): boolean {
  const number = measured?.(condition.name) ?? recorded.get(condition.name);
  return number === undefined || holds(condition, number);
}
