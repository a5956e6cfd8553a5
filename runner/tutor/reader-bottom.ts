// What stands below a page of a lesson: where one is, and the keys that do something at this moment. Pure.
import { readableColumns, truncate, wrap } from '../terminal/wrap.ts';
import { lineOf, layOut, type Layout } from './reader-lines.ts';
import { lettersOf } from './reader-places.ts';
import { commands, doesEscEnd, type Runnable } from './reader-runnables.ts';
import { runnableAt, type Activity, type Book, type Reading, type Size, type Stop } from './reader-state.ts';

/** A page with the part of it that is in the window. */
export interface View {
  readonly layout: Layout;
  /** how many lines of the page the window holds */
  readonly height: number;
  /** the first of them, counted from 0 */
  readonly first: number;
  readonly hasMore: boolean;
  /** what the reader is asked for, once it is in the window */
  readonly stop: Stop | undefined;
}

/** In a narrower window the keys take two lines. */
const wideColumns = 80;
const gap = '   ';

export function viewOf(book: Book, reading: Reading): View {
  const layout = layOut(book, reading);
  const height = Math.max(1, reading.size.rows - bottomRows(reading.size));
  const last = Math.max(0, layout.lines.length - height);
  const first = Math.min(lineOf(layout, reading.top), last);
  const hasMore = first < last;
  return { layout, height, first, hasMore, stop: hasMore ? undefined : layout.stop };
}

function bottomRows({ columns, rows }: Size): number {
  return Math.max(1, Math.min(columns < wideColumns ? 3 : 2, rows - 1));
}

/** The line that parts it from the page, and the keys. */
export function bottomLines(book: Book, reading: Reading, view: View): string[] {
  const { style, body, lesson } = book;
  const { columns } = reading.size;
  const width = columns - 1;
  const keys = keyLines(keysOf(book, reading, view), width).map(style.quiet);
  const padded = Array.from({ length: bottomRows(reading.size) - 1 }, (_, index) => keys[index] ?? '');
  const ruled = (text: string): string =>
    `--- ${truncate(text, width - 8)} `.padEnd(Math.min(width, readableColumns), '-');
  if (reading.remark !== undefined) return [style.warning(ruled(reading.remark)), ...padded];
  const place = [
    `Lesson ${lesson.id}`,
    `page ${reading.page + 1} of ${body.pages.length}`,
    view.hasMore ? 'more below' : '',
  ];
  return [style.quiet(ruled(place.filter((part) => part !== '').join(', '))), ...padded];
}

/** What the line of keys shows: only what does something now. */
function keysOf(book: Book, reading: Reading, view: View): string[] {
  const { lesson, body, isTyped } = book;
  const { activity, isHelpShown, page } = reading;
  if (activity) return [endingKeys(activity)];
  if (isHelpShown) return [`${isTyped ? 'Enter' : 'any key'} back to the page`];
  const { stop, layout, first, height } = view;
  const isLast = page === body.pages.length - 1;
  const onKey = isTyped ? 'Enter' : 'space';
  const where = view.hasMore ? 'on' : isLast ? (lesson.labs.length > 0 ? 'to the labs' : 'to the end') : 'next page';
  const ways =
    stop?.kind === 'question'
      ? [`${lettersOf(stop)} answer`, 's skip']
      : stop
        ? [`Enter ${commands[runnableAt(book, stop).kind]}`, 's skip']
        : [`${onKey} ${where}`];
  const inWindow = layout.runnables.flatMap(({ runnable, part }, index) => {
    const { start, end } = layout.parts[part] ?? { start: 0, end: 0 };
    return start < first + height && end > first && index < 9 ? [{ kind: runnable.kind, digit: index + 1 }] : [];
  });
  const isFirst = page === 0 && first === 0;
  return [
    ...ways,
    ...digitKeys.flatMap(({ kinds, word }) => {
      const digits = inWindow.filter(({ kind }) => kinds.includes(kind)).map(({ digit }) => digit);
      return digits.length > 0 ? [`${digits.join(', ')} ${word}`] : [];
    }),
    ...(isFirst ? [] : ['p back']),
    '? help',
    'q quit',
    // Where there is no room, the help has these, too.
    ...(lesson.labs.length > 0 ? ['l labs'] : []),
    'm map',
  ];
}

/** What digits do; a demo is run like a program. */
const digitKeys: readonly { readonly kinds: readonly Runnable['kind'][]; readonly word: string }[] = [
  { kinds: ['demo', 'program'], word: commands.program },
  ...(['trace', 'explore', 'luck', 'play'] as const).map((kind) => ({ kinds: [kind], word: commands[kind] })),
];

function endingKeys({ kind }: Activity): string {
  if (kind === 'demo') return 'Ctrl-C ends it with what was measured so far';
  return doesEscEnd(kind) ? 'Ctrl-C or Esc ends it' : 'Ctrl-C ends it';
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

const help: readonly (readonly [keys: string, what: string])[] = [
  ['space', 'on: the next lines, then the next page (down and Enter do it, too)'],
  ['p', 'back (up does it, too)'],
  ['n', 'the next page at once (right does it, too); left: the page before'],
  ['a b c', 'answers the question at which a page stops'],
  ['Enter', 'measures the demo, runs or explores the program or steps through it, at which a page stops'],
  ['s', 'skips what a page stops at; it can be done later'],
  ['1 2 3', 'does what the page says beside the number: runs a program or a demo, steps through it, explores it'],
  ['Ctrl-C', 'ends what is running; else leaves'],
  ['l', 'the labs of this lesson'],
  ['m', 'the map of the course'],
  ['q', 'leaves; next time you go on with this page'],
  ['?', 'this list'],
];

export function helpLines({ style }: Book, columns: number): string[] {
  const width = Math.max(...help.map(([keys]) => keys.length)) + 4;
  return [
    style.heading('Keys'),
    '',
    ...help.flatMap(([keys, what]) =>
      wrap(what, Math.min(columns, readableColumns), { first: `  ${keys}`.padEnd(width), rest: ' '.repeat(width) }),
    ),
  ];
}
