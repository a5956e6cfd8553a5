// The queues of one moment as rows, in the order in which the runtime empties them. Pure, from data and a size to lines.
import { padEnd } from '../terminal/bars.ts';
import { escapeLine } from '../terminal/escape.ts';
import { paintSpans, type Span } from '../terminal/spans.ts';
import type { Style } from '../terminal/style.ts';
import { displayWidth, truncate } from '../terminal/wrap.ts';
import type { QueueName, Queues } from './queues.ts';
import { queueTitles } from './step-words.ts';
import { moment, nameText, placeText, type PathView } from './trace-words.ts';
import type { Task, TraceEvent } from './trace.ts';

export interface QueueView extends PathView {
  readonly columns: number;
  /** at least one for each queue that is always shown */
  readonly rows: number;
  readonly style: Style;
  /** the task that the last step has put into its queue */
  readonly arrived: number | undefined;
  /** where the callback came from that runs */
  readonly active: QueueName | undefined;
}

interface Row {
  readonly title: string;
  readonly isActive: boolean;
  readonly entries: readonly Entry[];
}

interface Entry {
  readonly before: string;
  readonly label: string;
  readonly behind: string;
  readonly isNew: boolean;
}

/** Those that are shown also when they are empty: their order is what is to be learnt. */
const always: readonly QueueName[] = ['nextTick', 'microtasks', 'timers', 'poll', 'check', 'close'];
const others: readonly QueueName[] = ['waiting', 'handlers'];

export const fewestQueueRows = 1 + always.length + others.length;
const titleWidth = 'microtasks'.length + 2;
const stackTitle = 'call stack';

export function queueLines(queues: Queues, view: QueueView): string[] {
  const names = [...always, ...others.filter((name) => queues[name].length > 0)];
  const rows: Row[] = [
    {
      title: stackTitle,
      isActive: false,
      entries: queues.stack.toReversed().map((event) => entryOfEvent(event, view)),
    },
    ...names.map((name) => ({
      title: queueTitles[name],
      isActive: name === view.active,
      entries: queues[name].map((task) => entryOfTask(task, view)),
    })),
  ];
  const room = sharedRoom(
    rows.map(({ entries }) => Math.max(1, entries.length)),
    view.rows,
  );
  return rows.flatMap((row, index) => rowLines(row, room[index] ?? 1, view));
}

/** A line for each queue, and those that are left one after the other to whoever needs more. */
function sharedRoom(wanted: readonly number[], rows: number): number[] {
  const given = wanted.map(() => 1);
  for (let left = rows - given.length; left > 0;) {
    const before = left;
    for (const [index, want] of wanted.entries()) {
      if (left === 0 || (given[index] ?? 0) >= want) continue;
      given[index] = (given[index] ?? 0) + 1;
      left -= 1;
    }
    if (left === before) break;
  }
  return given;
}

function rowLines({ title, isActive, entries }: Row, room: number, { columns, style }: QueueView): string[] {
  const width = columns - titleWidth - 2;
  // The last line says how many there are for which there is no room.
  const shown = entries.length > room ? entries.slice(0, room) : entries;
  const more = entries.length - shown.length;
  const lines = shown.length > 0 ? shown : [undefined];
  return lines.map((entry, index) => {
    const isLast = index === lines.length - 1;
    const rest = isLast && more > 0 ? ` and ${more} more` : '';
    const text = entry === undefined ? '-' : fitted(entry, width - rest.length);
    const head: Span = {
      text: padEnd(index === 0 ? `${isActive ? '>' : ' '} ${title}` : '', titleWidth + 1),
      paint: isActive ? style.strong : style.quiet,
    };
    const paint = entry === undefined ? style.quiet : entry.isNew ? style.strong : undefined;
    return paintSpans([
      head,
      { text: entry?.isNew ? '+' : ' ' },
      { text, paint },
      { text: rest, paint: style.quiet },
    ]).trimEnd();
  });
}

function entryOfEvent({ label, file, line }: TraceEvent, view: QueueView): Entry {
  const behind = file === null || line === null ? '' : `  ${placeText({ file, line }, view)}`;
  return { before: '', label: escapeLine(label), behind, isNew: false };
}

function entryOfTask(task: Task, view: QueueView): Entry {
  const before = task.kind === 'timer' && task.dueMs !== undefined ? `${moment(task.dueMs)} ms ` : '';
  return { before, label: nameText(task.label, task.scheduled, view), behind: '', isNew: task.id === view.arrived };
}

/** Where there is little room, `tick` has to do for `setTimeout 10 ms: tick`, and `then (line 2)` for what has no name. */
function fitted({ before, label, behind }: Entry, columns: number): string {
  const whole = before + label + behind;
  if (displayWidth(whole) <= columns) return whole;
  const short = label.includes(': ') ? label.replace(/^.*?: /, '') : label.replace(/^(\S+) .* (\(.*\))$/, '$1 $2');
  return truncate(before + short + behind, Math.max(4, columns));
}
