// What an async exploration found, as a report: what is wrong, the order as a picture, why it ends so; or what was proved. From
// data and a width to lines; the files are read for the lines that the steps stand in.
import { joined, proseColumns } from '../../terminal/block-lines.ts';
import { escapeLine, escapeText } from '../../terminal/escape.ts';
import { shownPath } from '../../terminal/print.ts';
import { plainStyle } from '../../terminal/style.ts';
import { wrap } from '../../terminal/wrap.ts';
import type { PictureView } from '../picture/picture.ts';
import type { Row } from '../picture/rows.ts';
import { printingWords, readSources } from '../picture/sources.ts';
import { tableLines } from '../picture/table.ts';
import { counted } from '../picture/words.ts';
import type { ExploredTasks } from './explore-async-file.ts';
import { taskFailureEnd, taskFailureHeadline, taskProofHeadline, taskProofLimits } from './task-words.ts';
import { scheduleOf, writeTaskToken } from './task-token.ts';
import type { AsyncFailure, AsyncStep } from './verdict.ts';

/** The whole report. */
export function taskLines(explored: ExploredTasks, view: PictureView): string[] {
  const { exploration, tasks, files, digest } = explored;
  const { style, columns } = view;
  const width = Math.min(columns - 1, proseColumns);
  const printing = printingWords(files).flatMap((words) => wrap(words, width).map(style.quiet));
  switch (exploration.kind) {
    case 'unsupported': {
      const { reason, file, line } = exploration;
      const at = file === '' ? '' : `${shownPath(file, view)}${line > 0 ? `:${line}` : ''}: `;
      return wrap(escapeText(`${at}${reason}`), width).map(style.bad);
    }
    case 'passed':
      return joined([
        wrap(taskProofHeadline(tasks, exploration), width).map(style.good),
        taskProofLimits(exploration)
          .flatMap((limit) => wrap(limit, width, { first: '- ', rest: '  ' }))
          .map(style.quiet),
        printing,
      ]);
    case 'failed': {
      const { failure, effort } = exploration;
      const token = writeTaskToken({ ...scheduleOf(failure), digest });
      const found = `Found in ${counted(effort.runs, 'order')}, ${effort.ms.toLocaleString('en')} ms.`;
      return joined([
        wrap(escapeText(taskFailureHeadline(failure)), width).map(style.bad),
        tableOf(failure, tasks, view),
        taskFailureEnd(failure).flatMap((words) => wrap(escapeText(words), width)),
        [
          ...wrap(`${sizeWords(failure)} ${found}`, width).map(style.quiet),
          // To be copied: never broken, however long it is.
          ...(view.isTokenLeftOut
            ? []
            : [`${style.quiet('Again:')} npx interleave explore ${shownPath(files[0] ?? '', view)} --replay ${token}`]),
        ],
        printing,
      ]);
    }
  }
}

/**
 * A failure without colours, for a test to fail with: prose a line each, lines of the picture begin with a space. '' for what
 * did not fail.
 */
export function taskFailureMessage({ exploration, tasks }: ExploredTasks, columns = 100): string {
  if (exploration.kind !== 'failed') return '';
  const { failure } = exploration;
  const table = tableOf(failure, tasks, { columns, style: plainStyle, cwd: '/' });
  return joined([
    [escapeText(taskFailureHeadline(failure))],
    table,
    taskFailureEnd(failure).map(escapeText),
    [sizeWords(failure)],
  ]).join('\n');
}

function tableOf(failure: AsyncFailure, tasks: number, { columns, style }: PictureView): string[] {
  const rows = rowsOf(failure);
  const sources = readSources(rows.flatMap((row) => (row.kind !== 'rule' && row.place ? [row.place.file] : [])));
  return tableLines(rows, { columns, style, threads: tasks, sources, who: 'task' });
}

function rowsOf({ steps, standings, repeatsFrom }: AsyncFailure): Row[] {
  const rows: Row[] = [];
  let last = -1;
  for (const [index, step] of steps.entries()) {
    if (index === repeatsFrom) rows.push({ kind: 'rule', text: 'from here on it repeats' });
    const isTurn = repeatsFrom !== undefined && index >= repeatsFrom;
    if (step.turn === steps[index - 1]?.turn)
      rows.push({ kind: 'note', thread: Math.max(0, last), tone: 'preempted', text: '-- in the same turn --' });
    else if (step.isPreemption && !isTurn && last >= 0 && last !== step.thread)
      rows.push({ kind: 'note', thread: last, tone: 'preempted', text: '-- preempted --' });
    const isItsLast = !steps.slice(index + 1).some(({ thread }) => thread === step.thread);
    const ends = isItsLast && standings[step.thread]?.kind === 'ended' ? '; ends' : '';
    const text = escapeLine(stepWords(step)) + ends;
    // What no task has begun stands in the first column.
    rows.push({ kind: 'step', thread: Math.max(0, step.thread), number: index + 1, text, place: step.places[0] });
    last = step.thread;
  }
  if (repeatsFrom !== undefined) rows.push({ kind: 'rule', text: `and so on, again from step ${repeatsFrom + 1}` });
  for (const [thread, standing] of standings.entries()) {
    const note = (text: string): void => {
      const place = 'places' in standing ? standing.places[0] : undefined;
      rows.push({ kind: 'note', thread, tone: 'bad', text, place });
    };
    if (standing.kind === 'threw') note(`throws ${escapeLine(standing.name)}`);
    else if (standing.kind === 'hung') note('loops without end');
    else if (standing.kind === 'waits') note('waits for ever');
  }
  return rows;
}

function stepWords({ kind, operation, value, isThrown }: AsyncStep): string {
  if (kind === 'start') return 'starts';
  if (kind === 'timer') return `${operation}: its time is up`;
  return `${operation}: ${isThrown ? 'throws ' : ''}${value === undefined || value === 'undefined' ? 'done' : value}`;
}

function sizeWords({ steps, preemptions, isMinimal, repeatsFrom }: AsyncFailure): string {
  const size = `${counted(repeatsFrom ?? steps.length, 'step')}, ${counted(preemptions, 'preemption')}`;
  const shown = repeatsFrom === undefined ? size : `${size} until it repeats`;
  return isMinimal
    ? `${shown}: no failing order has fewer preemptions, and none with as few has fewer steps.`
    : `${shown}. There may be a shorter one.`;
}
