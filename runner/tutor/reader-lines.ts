// What a page of a lesson looks like to somebody who has come so far: pure, from where they are to lines, of which the
// window shows some. It knows nothing of what a key does.
import { dirname } from 'node:path';
import type { Block } from '../course/blocks.ts';
import type { LessonBlock } from '../course/lesson-blocks.ts';
import { joined } from '../terminal/block-lines.ts';
import { demoOf } from '../course/lesson-marks.ts';
import {
  headLines,
  lessonBlockLines,
  originLines,
  shownOf,
  titleLines,
  type LessonView,
} from '../terminal/lesson-lines.ts';
import { scenarioPlace } from './reader-explored.ts';
import { comparisonLines, demoPlace, programPlace, questionPlace } from './reader-places.ts';
import { runnableFor, type Runnable } from './reader-runnables.ts';
import {
  chosenBy,
  isSaidHere,
  predictionOf,
  revealed,
  type Book,
  type Reading,
  type Spot,
  type Stop,
} from './reader-state.ts';

/** Lines of a page, from the first on, to the one before `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface Layout {
  /** all that is revealed of the page */
  readonly lines: readonly string[];
  /** the title, then each block that is revealed, then what belongs to none */
  readonly parts: readonly Stretch[];
  /** where the page ends for now */
  readonly stop: Stop | undefined;
  /** the first one is run by 1 */
  readonly runnables: readonly { readonly runnable: Runnable; readonly part: number }[];
  /** for each part how many lines at its end say what came of the program in it */
  readonly outcomeRows: readonly number[];
  /** the same from where the last of it begins */
  readonly newestRows: readonly number[];
}

/** No digit runs more of them. */
const mostRunnables = 9;

export function layOut(book: Book, reading: Reading): Layout {
  const { lesson, body, style, colourCode } = book;
  const { blocks, stop } = revealed(book, reading);
  const pageBlocks = book.body.pages[reading.page]?.blocks ?? [];
  const outcomes = pageBlocks.map((_, index) => predictionOf(pageBlocks, index));
  const predicted = new Set(outcomes);
  let isAtStop = false;
  const runnables: { runnable: Runnable; part: number }[] = [];
  let part = 0;
  const outcomeRows = [0];
  const newestRows = [0];
  const keyOf = (runnable: Runnable): string | undefined => {
    runnables.push({ runnable, part });
    return runnables.length <= mostRunnables ? String(runnables.length) : undefined;
  };
  const view: LessonView = {
    columns: reading.size.columns,
    style,
    colourCode,
    folder: `lessons/${lesson.folderName}`,
    recorded: body.recorded,
    recordedOn: lesson.recordedOn,
    measured(name) {
      const demo = demoOf(name);
      return reading.measured.get(demo)?.numbers[name.slice(demo.length + 1)];
    },
    atProgram(file, ways) {
      const scenario = ways.map((way) => runnableFor(file, way)).find(({ kind }) => kind === 'explore');
      if (scenario?.kind === 'explore') {
        const at = { view, reading, isStop: isAtStop, cwd: dirname(dirname(lesson.folder)), keyOf };
        const { lines, newest } = scenarioPlace({ file, memory: scenario.memory }, at);
        outcomeRows[part] = lines.length;
        newestRows[part] = newest;
        return lines;
      }
      const keys = ways.map((way) => keyOf(runnableFor(file, way)));
      const place = programPlace(file, { ways, keys }, { view, reading, isStop: isAtStop });
      outcomeRows[part] = place.length;
      newestRows[part] = place.length;
      return place;
    },
    atQuestion: (question) => questionPlace(question, view, { reading, isToldLater: predicted.has(question) }),
    atDemo: (name) => demoPlace(name, () => keyOf({ kind: 'demo', name }), { book, reading, view }),
  };
  const page = body.pages[reading.page];
  const head = reading.page === 0 ? [...headLines(lesson, view), ''] : [];
  const parts: (readonly string[])[] = [[...head, ...(page ? titleLines(page, view) : [])]];
  for (const [index, block] of blocks.entries()) {
    part = parts.length;
    isAtStop = block === stop;
    const about = outcomes[index];
    const lines = isSaidHere(book, blocks, index, reading) ? [] : lessonBlockLines(block, view);
    // Whoever predicted sees what happens first, and then why.
    const whole = about && !isAtStop ? joined([lines, comparisonLines(about, view, reading)]) : lines;
    for (const rows of [outcomeRows, newestRows]) rows[part] = (rows[part] ?? 0) + whole.length - lines.length;
    parts.push(whole);
  }
  const isTold = (block: LessonBlock): boolean => block.kind !== 'question' || blocks[outcomes.indexOf(block)] !== stop;
  const shown = blocks.flatMap((block) => [
    ...shownOf(block, view),
    ...(isTold(block) ? explanationsOf(block, reading) : []),
  ]);
  parts.push(originLines(shown, view));
  return { ...joinParts(parts), stop, runnables, outcomeRows, newestRows };
}

/** An empty line between each two parts that have any. */
function joinParts(parts: readonly (readonly string[])[]): Pick<Layout, 'lines' | 'parts'> {
  const lines: string[] = [];
  const stretches = parts.map((part): Stretch => {
    if (part.length > 0 && lines.length > 0) lines.push('');
    const start = lines.length;
    lines.push(...part);
    return { start, end: lines.length };
  });
  return { lines, parts: stretches };
}

function explanationsOf(block: LessonBlock, reading: Reading): readonly Block[] {
  const chosen = block.kind === 'question' && chosenBy(reading, block);
  if (!chosen) return [];
  return block.choices
    .filter((choice) => choice === chosen || choice.isRight)
    .flatMap(({ explanation }) => explanation);
}

/** The number of a line that is known by its part. */
export function lineOf({ parts, lines }: Layout, { part, line }: Spot): number {
  const stretch = parts[part];
  if (!stretch) return Math.max(0, lines.length - 1);
  return Math.min(stretch.start + line, stretch.end);
}

/** The part in which a line stands; an empty line belongs to the part before it. */
export function spotOf({ parts }: Layout, line: number): Spot {
  const part = Math.max(
    0,
    parts.findLastIndex(({ start, end }) => start <= line && start < end),
  );
  return { part, line: line - (parts[part]?.start ?? 0) };
}
