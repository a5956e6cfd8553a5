// What stands below a step of a trace: where one is, and the keys. Pure.
import { readableColumns, truncate, wrap } from '../terminal/wrap.ts';
import type { Standing, Stepper } from './stepper.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** In a narrower window the keys take two lines. */
const wideColumns = 80;
const gap = '   ';

export function bottomRows({ columns, rows }: Size): number {
  return Math.max(1, Math.min(columns < wideColumns ? 3 : 2, rows - 1));
}

export function stepBottom(stepper: Stepper, standing: Standing, size: Size): string[] {
  const { style, run } = stepper;
  const width = size.columns - 1;
  const ruled = (text: string): string =>
    `--- ${truncate(text, width - 8)} `.padEnd(Math.min(width, readableColumns), '-');
  const { length } = run.trace.steps;
  const where =
    standing.index === length ? `the end, behind ${length} steps` : `step ${standing.index + 1} of ${length}`;
  const keys = keyLines(keysOf(stepper, standing), width).map(style.quiet);
  const padded = Array.from({ length: bottomRows(size) - 1 }, (_, index) => keys[index] ?? '');
  const first =
    standing.remark === undefined ? style.quiet(ruled(`Trace, ${where}`)) : style.warning(ruled(standing.remark));
  return [first, ...padded];
}

function keysOf({ isTyped, exit, run }: Stepper, { index, isHelpShown }: Standing): string[] {
  if (isHelpShown) return [`${isTyped ? 'Enter' : 'any key'} back to the trace`];
  return [
    ...(index < run.trace.steps.length ? [`${isTyped ? 'Enter' : 'space'} on`] : []),
    ...(index > 0 ? ['b back'] : []),
    `${isTyped ? 'j k' : 'down up'} by callback`,
    '? help',
    `q ${exit}`,
  ];
}

/** A key and its word together. */
function keyLines(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + gap.length + word.length <= width)
      lines.push(`${lines.pop()}${gap}${word}`);
    else lines.push(word);
  }
  return lines;
}

export function stepHelp({ style, exit }: Stepper, { columns }: Size): string[] {
  const help: readonly (readonly [keys: string, what: string])[] = [
    ['space', 'the next step (right and n do it, too)'],
    ['b', 'the step before (left and p do it, too)'],
    ['down, j', 'on to where the next callback begins; up, k: back to one'],
    ['g, e', 'to the beginning, to the end (Home and End, too)'],
    ['q', `${exit} (Esc does it, too)`],
    ['Ctrl-C', 'leaves'],
    ['?', 'this list'],
  ];
  const rows = (list: typeof help): string[] => {
    const width = Math.max(...list.map(([key]) => key.length)) + 4;
    return list.flatMap(([key, what]) =>
      wrap(what, Math.min(columns - 1, readableColumns), { first: `  ${key}`.padEnd(width), rest: ' '.repeat(width) }),
    );
  };
  return [
    style.heading('Keys'),
    ...rows(help),
    style.heading('Marks'),
    ...rows([
      ['>', 'the line that this step is about; the queue from which what runs was taken'],
      ['*', 'the line that handed it over'],
      ['+', 'what this step has put into its queue'],
    ]),
    style.heading('Queues'),
    ...rows([
      ['nextTick, microtasks', 'emptied behind every callback'],
      ['timers', 'setTimeout, setInterval'],
      ['poll', 'files, sockets, messages'],
      ['check', 'setImmediate'],
      ['close', 'what was closed and says so'],
      ['waiting', 'for a promise; in no queue yet'],
    ]),
  ];
}
