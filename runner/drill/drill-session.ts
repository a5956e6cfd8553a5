// One drill after the other for one person: which is asked, what becomes of an answer, what is remembered of it. It knows
// nothing of how it is shown or answered.
import type { Progress } from '../progress/progress.ts';
import { loadCodeColours } from '../terminal/code-colours.ts';
import type { Io } from '../terminal/io.ts';
import type { Block } from '../terminal/scroll.ts';
import { type Style, styleFor } from '../terminal/style.ts';
import { choiceLines, drillLines, type DrillView, prose, standingText, verdictLines } from './drill-lines.ts';
import { type Drill, makeDrill } from './drill.ts';
import type { Level } from './levels.ts';
import { orderStanding, recordOrder } from './standing.ts';
import { judgeAnswer } from './verdict.ts';

export interface DrillWish {
  /** the seed of the first drill; the next one has the next seed */
  readonly seed: number;
  /** undefined: the one that progress remembers */
  readonly level: Level | undefined;
  readonly io: Io;
  readonly progress: Progress;
}

export interface DrillSession {
  readonly style: Style;
  /** the one that is asked now */
  readonly drill: Drill;
  readonly question: Block;
  /** the lines to put in order. @param taken those that are in the answer already */
  choices(taken: readonly string[]): Block;
  /**
   * Runs the drill, and remembers whether the answer was right.
   * @throws CourseError when the program cannot be run as it should
   */
  answer(lines: readonly string[], signal?: AbortSignal): Promise<{ readonly isRight: boolean; readonly shown: Block }>;
  goOn(): void;
}

export async function openSession({ seed, level, io, progress }: DrillWish): Promise<DrillSession> {
  const style = styleFor(io.stdout, io.env);
  const colourCode = await loadCodeColours(new Set(['js']), style);
  const view = (columns: number): DrillView => ({ columns, style, colourCode });
  const drillOf = (seed: number): Drill => makeDrill(seed, level ?? orderStanding(progress).level);
  let drill = drillOf(seed);
  return {
    style,
    get drill() {
      return drill;
    },
    get question(): Block {
      const asked = drill;
      return (columns) => [...drillLines(asked, view(columns)), ''];
    },
    choices(taken) {
      const asked = drill;
      return (columns) => choiceLines(asked, taken, view(columns));
    },
    async answer(lines, signal) {
      const asked = drill;
      const verdict = await judgeAnswer(asked, lines, { env: io.env, ...(signal ? { signal } : {}) });
      const isRight = verdict.mistake === undefined;
      recordOrder(progress, { seed: asked.seed, level: asked.level, isRight, isFixed: level !== undefined });
      const standing = standingText(orderStanding(progress), { before: asked.level, fixed: level });
      return {
        isRight,
        shown: (columns) => [...verdictLines(asked, verdict, view(columns)), '', ...prose(standing, columns), ''],
      };
    },
    goOn() {
      drill = drillOf(drill.seed + 1);
    },
  };
}
