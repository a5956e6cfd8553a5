// What an exploration found, as a report: what is wrong, the schedule as a picture, why it ends so, how to see it again; or
// what was proved. From data and a width to lines; the learner's files are read for the lines that the steps stand in.
import { escapeText } from '../../terminal/escape.ts';
import { joined, proseColumns } from '../../terminal/block-lines.ts';
import { shownPath } from '../../terminal/print.ts';
import { plainStyle, type Style } from '../../terminal/style.ts';
import { wrap } from '../../terminal/wrap.ts';
import type { ExploredFile } from '../explore-file.ts';
import { whatFailed } from './failure-words.ts';
import { endWords } from './end.ts';
import { proofHeadline, proofLimits } from './proof.ts';
import { foldedRows, rowsOf } from './rows.ts';
import { printingWords, readSources } from './sources.ts';
import { tableLines } from './table.ts';
import { counted } from './words.ts';
import { writeToken } from '../engine/schedule.ts';
import type { Exploration, Failure } from '../engine/verdict.ts';

export interface PictureView {
  readonly columns: number;
  readonly style: Style;
  /** paths are shown from here: the folder of the learner's shell */
  readonly cwd: string;
  /** without the line that shows the schedule again: it is as wide as its token is long */
  readonly isTokenLeftOut?: boolean;
}

/** The whole report. */
export function explorationLines(explored: ExploredFile, view: PictureView): string[] {
  const { exploration, scenario } = explored;
  const { style, columns } = view;
  const width = Math.min(columns - 1, proseColumns);
  const printing = printingWords(scenario.files).flatMap((words) => wrap(words, width).map(style.quiet));
  switch (exploration.kind) {
    case 'unsupported': {
      const { reason, file, line } = exploration;
      const at = file === '' ? '' : `${shownPath(file, view)}${line > 0 ? `:${line}` : ''}: `;
      return wrap(escapeText(`${at}${reason}`), width).map(style.bad);
    }
    case 'passed':
      return joined([
        wrap(proofHeadline(explored, exploration), width).map(style.good),
        proofLimits(exploration)
          .flatMap((limit) => wrap(limit, width, { first: '- ', rest: '  ' }))
          .map(style.quiet),
        printing,
      ]);
    case 'failed': {
      const { headline, table, end } = failureParts(explored, exploration, view);
      return joined([
        wrap(headline, width).map(style.bad),
        table,
        end.flatMap((words) => wrap(words, width)),
        [
          ...wrap(`${sizeWords(exploration.failure)} ${effortWords(exploration)}`, width).map(style.quiet),
          ...(view.isTokenLeftOut
            ? []
            : replayLines(shownPath(scenario.files[0] ?? '', view), tokenOf(explored, exploration), view)),
        ],
        printing,
      ]);
    }
  }
}

/**
 * A failure without colours, for a test to fail with: prose a line each, to be wrapped where it is shown; lines of the picture,
 * at most `columns` wide, begin with a space. '' for what did not fail.
 */
export function failureMessage(explored: ExploredFile, columns = 100): string {
  const { exploration } = explored;
  if (exploration.kind !== 'failed') return '';
  const { headline, table, end } = failureParts(explored, exploration, { columns, style: plainStyle, cwd: '/' });
  return joined([[headline], table, end, [sizeWords(exploration.failure)]]).join('\n');
}

type Failed = Extract<Exploration, { kind: 'failed' }>;

interface Parts {
  readonly headline: string;
  readonly table: readonly string[];
  /** a paragraph each */
  readonly end: readonly string[];
}

function failureParts({ scenario }: ExploredFile, { failure, memory }: Failed, { columns, style }: PictureView): Parts {
  const { layout, threads } = scenario;
  const nameOf = layout.nameOf.bind(layout);
  const rows = foldedRows(rowsOf(failure, nameOf, memory));
  const sources = readSources(rows.flatMap((row) => (row.kind !== 'rule' && row.place ? [row.place.file] : [])));
  return {
    headline: escapeText(whatFailed(failure, scenario)),
    table: tableLines(rows, { columns, style, threads, sources }),
    end: endWords(failure, nameOf),
  };
}

function sizeWords({ steps, preemptions, isMinimal, repeatsFrom }: Failure): string {
  if (steps.length === 0) return 'No step leads there: it is so from the beginning.';
  const size = `${counted(repeatsFrom ?? steps.length, 'step')}, ${counted(preemptions, 'preemption')}`;
  const shown = repeatsFrom === undefined ? size : `${size} until it repeats`;
  return isMinimal
    ? `${shown}: no failing schedule has fewer preemptions, and none with as few has fewer steps.`
    : `${shown}. There may be a shorter one.`;
}

function effortWords({ effort, memory }: Failed): string {
  const model =
    memory === 'tso' ? ' With store buffers (tso): a demonstration, in which data races are no failures.' : '';
  return `Found in ${counted(effort.states, 'state')}, ${effort.ms.toLocaleString('en')} ms.${model}`;
}

/** To be copied: never broken, however long it is. */
function replayLines(file: string, token: string, { style }: PictureView): string[] {
  const word = /^[\w@%+=:,./-]+$/.test(file) ? file : `'${file.replaceAll("'", String.raw`'\''`)}'`;
  return [`${style.quiet('Again:')} npx interleave explore ${word} --replay ${token}`];
}

function tokenOf({ scenario }: ExploredFile, { failure, memory }: Failed): string {
  return writeToken({ memory, digest: scenario.digest, moves: failure.moves, repeatsFrom: failure.repeatsFrom });
}
