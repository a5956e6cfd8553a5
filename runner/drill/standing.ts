// Where somebody stands: the level, and how many answers in a row were right. It is counted from all the answers, so that
// two windows at once, or an import, lose nothing. It knows nothing of files.
import type { DrillAnswer, Progress } from '../progress/progress.ts';
import { type Level, levels } from './levels.ts';

export interface Standing {
  readonly level: Level;
  /** answers in a row that were right, at whatever level */
  readonly streak: number;
  /** those of them that count for the next level */
  readonly rightInRow: number;
  readonly wrongInRow: number;
}

/** So many right answers in a row raise the level. */
export const rightToRise = 3;
/** So many wrong ones lower it. */
const wrongToFall = 2;

const beginning: Standing = { level: 1, streak: 0, rightInRow: 0, wrongInRow: 0 };

/** The name under which answers are kept. */
const kind = 'order';

export function orderStanding(progress: Progress): Standing {
  return standingOf(progress.drillAnswers(kind));
}

export function recordOrder(progress: Progress, answer: DrillAnswer): void {
  progress.recordDrill(kind, answer);
}

/** @param answers in the order in which they were given */
export function standingOf(answers: readonly DrillAnswer[]): Standing {
  return answers.reduce(afterAnswer, beginning);
}

/** An answer at a level that was asked for counts for the streak, and moves no level. */
function afterAnswer(standing: Standing, { isRight, isFixed }: DrillAnswer): Standing {
  const streak = isRight ? standing.streak + 1 : 0;
  if (isFixed) return { ...standing, streak };
  const rightInRow = isRight ? standing.rightInRow + 1 : 0;
  const wrongInRow = isRight ? 0 : standing.wrongInRow + 1;
  const step = rightInRow === rightToRise ? 1 : wrongInRow === wrongToFall ? -1 : 0;
  const level = levels.find((level) => level === standing.level + step) ?? standing.level;
  return step === 0 ? { level, streak, rightInRow, wrongInRow } : { level, streak, rightInRow: 0, wrongInRow: 0 };
}
