// A menu whose rows are walked with the arrow keys, drawn where the cursor stands and taken away again. It is what
// everybody waits for first, so nothing is loaded for it but the keyboard.
import { type Io, windowRows } from '../terminal/io.ts';
import { listenToKeys } from '../terminal/keyboard.ts';
import type { Style } from '../terminal/style.ts';
import { displayWidth, readableColumns, truncate, wrap } from '../terminal/wrap.ts';
import { type Menu, type MenuEnd, rowWithNumber } from './menu.ts';

/** What was pressed so far, as far as it still matters. */
interface Picking {
  readonly active: number;
  /** the digits that were typed one after the other */
  readonly digits: string;
  readonly complaint: string;
}

/** Rows of the terminal that are not the list's: title, a blank, two of detail, keys, one to spare. */
const aroundTheList = 6;
const detailLines = 2;
const fewestRows = 3;
/** How long a window must keep its size before it is drawn again: dragging its edge tells of many. */
const settleMs = 80;

/** Shows it until something is chosen, and takes it off the screen again. */
export async function pickChoice(menu: Menu, io: Io, style: Style): Promise<MenuEnd> {
  const end = Promise.withResolvers<MenuEnd>();
  let picking: Picking = { active: menu.start, digits: '', complaint: '' };
  /** how many lines of it are on the screen */
  let drawn = 0;
  let settling: NodeJS.Timeout | undefined;

  function draw(): void {
    const lines = menuLines(menu, picking, io, style);
    io.stdout.write(`${overwrite(drawn)}${lines.join('\n')}\n`);
    drawn = lines.length;
  }
  function takeAway(): void {
    io.stdout.write(overwrite(drawn));
    drawn = 0;
  }
  const keyboard = listenToKeys(
    io,
    (key) => {
      const next = afterKey(menu, picking, key, pageSizeOf(menu, io));
      if ('kind' in next) return end.resolve(next);
      picking = next;
      draw();
    },
    { before: takeAway, after: draw },
  );
  const onResize = (): void => {
    clearTimeout(settling);
    settling = setTimeout(() => {
      // After a change of width nobody knows which lines the old list takes now.
      clearWindow(io);
      drawn = 0;
      draw();
    }, settleMs);
  };
  io.stdout.on('resize', onResize);
  draw();
  menu.onShown?.();
  try {
    return await end.promise;
  } finally {
    clearTimeout(settling);
    io.stdout.off('resize', onResize);
    takeAway();
    keyboard.release();
  }
}

function afterKey(menu: Menu, { active, digits }: Picking, key: string, pageSize: number): Picking | MenuEnd {
  const go = (index: number, typed = ''): Picking => ({
    active: Math.max(0, Math.min(menu.rows.length - 1, index)),
    digits: typed,
    complaint: '',
  });
  const refused: Picking = { active, digits: '', complaint: 'No such key here.' };
  if (/^\d$/.test(key)) {
    const typed = rowWithNumber(menu.rows, digits + key) === undefined ? key : digits + key;
    return go(rowWithNumber(menu.rows, typed) ?? active, typed);
  }
  switch (key.toLowerCase()) {
    case 'enter':
      return { kind: 'chosen', index: active };
    case 'ctrl-c':
    case 'ctrl-d':
      return { kind: 'interrupted' };
    case 'q':
      return { kind: 'quit' };
    case 'up':
    case 'k':
      return go(active - 1);
    case 'down':
    case 'j':
      return go(active + 1);
    case 'pageup':
      return go(active - pageSize);
    case 'pagedown':
      return go(active + pageSize);
    case 'home':
      return go(0);
    case 'end':
      return go(menu.rows.length - 1);
    case 'paste':
      return { active, digits: '', complaint: 'That was pasted; keys work one at a time.' };
    case 'b':
    case 'escape':
      return menu.hasBack ? { kind: 'back' } : refused;
    default:
      return key.toLowerCase() === menu.extra?.key ? { kind: 'extra' } : refused;
  }
}

function menuLines(menu: Menu, { active, complaint }: Picking, io: Io, style: Style): string[] {
  const columns = io.columns - 1;
  const size = pageSizeOf(menu, io);
  // The active row stands in the middle, as far as the list goes.
  const first = Math.max(0, Math.min(active - Math.floor(size / 2), menu.rows.length - size));
  const below = Math.max(0, menu.rows.length - first - size);
  const { extra } = menu;
  const keys = `arrows or a number, Enter${menu.hasBack ? ', b back' : ''}, q quit${extra ? `, ${extra.key} ${extra.word}` : ''}`;
  return [
    ...noticeLines(menu, io).map(style.warning),
    style.heading(truncate(menu.title, columns)),
    ...menu.rows.slice(first, first + size).map(({ text }, index) => {
      const line = text(columns - 2);
      return first + index === active ? style.accent(`> ${line}`) : `  ${line}`;
    }),
    below === 0 ? '' : style.quiet(`  ... ${below} more below`),
    ...wrap(menu.rows[active]?.detail ?? '', columns - 2, { first: '  ' })
      .slice(0, detailLines)
      .map(style.quiet),
    complaint === ''
      ? style.quiet(truncate(keys, columns))
      : style.warning(truncate(complaintLine(complaint, keys, columns), columns)),
  ];
}

/** With the keys that do something, unless they would be cut. */
function complaintLine(complaint: string, keys: string, columns: number): string {
  const whole = `${complaint} Keys: ${keys}`;
  return displayWidth(whole) <= columns ? whole : complaint;
}

/** How many rows of the list fit. */
function pageSizeOf(menu: Menu, io: Io): number {
  const taken = aroundTheList + noticeLines(menu, io).length + (menu.rowsAbove ?? 0);
  return Math.max(fewestRows, windowRows(io) - taken);
}

function noticeLines({ notice }: Menu, io: Io): string[] {
  return notice === undefined ? [] : [...wrap(notice, Math.min(io.columns - 1, readableColumns)), ''];
}

/** To the first of the lines above the cursor, and nothing below it any more. */
function overwrite(lines: number): string {
  return `${lines > 0 ? `\x1b[${lines}A` : ''}\r\x1b[J`;
}

/** Row by row: what is wiped all at once, some terminals keep, and it would come up again when somebody scrolls back. */
function clearWindow(io: Io): void {
  io.stdout.write(`\x1b[H${Array.from({ length: windowRows(io) }, () => '\x1b[2K').join('\n')}\x1b[H`);
}
