// A lesson's text as data: its pages, and what stands on them beside plain Markdown. It knows nothing of how a lesson is
// written down or shown. All lines are counted from 1.
import { withInner, type Block, type Inline } from './blocks.ts';

export interface LessonBody {
  readonly pages: readonly Page[];
  /** the author's mistakes; with some the pages hold what could be made out */
  readonly problems: readonly BodyProblem[];
  /** what the measured numbers were when the lesson was written, by their names */
  readonly recorded: ReadonlyMap<string, number>;
}

export interface BodyProblem {
  readonly line: number;
  readonly message: string;
}

/** What the tutor shows at a time. */
export interface Page {
  /** the same as long as the title is: what a reader's place is kept by */
  readonly anchor: string;
  readonly title: readonly Inline[];
  readonly line: number;
  readonly blocks: readonly LessonBlock[];
  /** as it was written, without the title */
  readonly markdown: string;
}

export type LessonBlock = Block | Question | DemoPlace | Conditional;

/** The reader commits to an answer: before something is shown (a prediction), or to see what was understood (a check). */
export interface Question {
  readonly kind: 'question';
  readonly line: number;
  /** the only one of that name in the lesson */
  readonly name: string;
  readonly isPrediction: boolean;
  /** the number of the misconception that a wrong answer shows */
  readonly probe: number | undefined;
  readonly prompt: readonly Block[];
  readonly choices: readonly Choice[];
}

export interface Choice {
  /** `a` */
  readonly letter: string;
  readonly text: readonly Block[];
  readonly isRight: boolean;
  /** what whoever chose it is told */
  readonly explanation: readonly Block[];
}

/** Where a demo is run. */
export interface DemoPlace {
  readonly kind: 'demo';
  readonly line: number;
  /** `lost-updates` */
  readonly name: string;
}

/** Prose for the case that a measured number is what it says. */
export interface Conditional {
  readonly kind: 'when';
  readonly line: number;
  readonly condition: Condition;
  readonly blocks: readonly Block[];
}

export interface Condition {
  /** `lost-updates.ratio` */
  readonly name: string;
  readonly comparison: '<' | '<=' | '>' | '>=';
  readonly bound: number;
}

export function holds({ comparison, bound }: Condition, number: number): boolean {
  switch (comparison) {
    case '<':
      return number < bound;
    case '<=':
      return number <= bound;
    case '>':
      return number > bound;
    case '>=':
      return number >= bound;
  }
}

/** Every plain block of a page, with those inside of lists, quotes, questions and conditions, in order. */
export function plainBlocksOf({ blocks }: Pick<Page, 'blocks'>): Block[] {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'question':
        return withInner([
          ...block.prompt,
          ...block.choices.flatMap(({ text }) => text),
          ...block.choices.flatMap(({ explanation }) => explanation),
        ]);
      case 'when':
        return withInner(block.blocks);
      case 'demo':
        return [];
      default:
        return withInner([block]);
    }
  });
}

/** The questions of a lesson, in order. */
export function questionsOf({ pages }: LessonBody): Question[] {
  return pages.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'question'));
}
