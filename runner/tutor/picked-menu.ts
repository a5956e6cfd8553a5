// The one door to Inquirer: a menu whose rows are walked with the arrow keys. Its own `select` moves by position and not
// by a lesson's number, and never ends on Ctrl-D, so this is a prompt of our own on the same core.
import {
  createPrompt,
  isDownKey,
  isEnterKey,
  isUpKey,
  type KeypressEvent,
  useEffect,
  useKeypress,
  usePagination,
  useState,
} from '@inquirer/core';
import { PassThrough } from 'node:stream';
import { type Io, windowRows } from '../terminal/io.ts';
import { listenToKeys } from '../terminal/keyboard.ts';
import type { Style } from '../terminal/style.ts';
import { readableColumns, truncate, wrap } from '../terminal/wrap.ts';
import { type Menu, type MenuEnd, type MenuRow, rowWithNumber } from './menu.ts';

interface MenuView {
  readonly menu: Menu;
  readonly style: Style;
  readonly columns: number;
  readonly rows: number;
  readonly start: number;
  readonly onActive: (index: number) => void;
}

/** Rows of the terminal that are not the list's: title, a blank, two of detail, keys, one to spare. */
const aroundTheList = 6;
const detailLines = 2;
const fewestRows = 3;
/** How long a window must keep its size before it is drawn again: dragging its edge tells of many. */
const settleMs = 80;

const prompt = createPrompt<MenuEnd, MenuView>(({ menu, style, columns, rows, start, onActive }, done) => {
  const [active, setActive] = useState(start);
  const [digits, setDigits] = useState('');
  const [complaint, setComplaint] = useState('');
  const notice = menu.notice === undefined ? [] : [...wrap(menu.notice, Math.min(columns - 1, readableColumns)), ''];
  const pageSize = Math.max(fewestRows, rows - aroundTheList - notice.length - (menu.rowsAbove ?? 0));

  useEffect(() => menu.onShown?.(), []);

  useKeypress((key) => {
    setComplaint('');
    setDigits('');
    const step = stepOf(key, pageSize);
    if (isEnterKey(key)) done({ kind: 'chosen', index: active });
    else if (key.name === 'q') done({ kind: 'quit' });
    else if ((key.name === 'b' || key.name === 'escape') && menu.hasBack) done({ kind: 'back' });
    else if (step !== 0) goTo(Math.max(0, Math.min(menu.rows.length - 1, active + step)));
    else if (/^\d$/.test(key.name)) {
      const typed = rowWithNumber(menu.rows, digits + key.name) === undefined ? key.name : digits + key.name;
      setDigits(typed);
      goTo(rowWithNumber(menu.rows, typed) ?? active);
    } else if (key.name === 'paste') setComplaint('That was pasted; keys work one at a time.');
    else setComplaint('That key does nothing here.');
  });

  function goTo(index: number): void {
    setActive(index);
    onActive(index);
  }

  const page = usePagination<MenuRow>({
    items: menu.rows,
    active,
    pageSize,
    loop: false,
    renderItem: ({ item, isActive }) =>
      isActive ? style.accent(`> ${item.text(columns - 3)}`) : `  ${item.text(columns - 3)}`,
  });
  const detail = wrap(menu.rows[active]?.detail ?? '', columns - 3, { first: '  ' }).slice(0, detailLines);
  const keys = keysLine(menu, columns, complaint);
  return [
    ...notice.map(style.warning),
    style.heading(menu.title),
    page,
    '',
    ...detail.map(style.quiet),
    complaint === '' ? style.quiet(keys) : style.warning(keys),
  ].join('\n');
});

function stepOf(key: KeypressEvent, pageSize: number): number {
  if (isUpKey(key) || key.name === 'k') return -1;
  if (isDownKey(key) || key.name === 'j') return 1;
  return { pageup: -pageSize, pagedown: pageSize, home: -Infinity, end: Infinity }[key.name] ?? 0;
}

function keysLine({ hasBack }: Menu, columns: number, complaint: string): string {
  const keys = `arrows or a number, Enter${hasBack ? ', b back' : ''}, q quit`;
  return truncate(complaint === '' ? keys : `${complaint} Keys: ${keys}`, columns - 1);
}

export async function pickChoice(menu: Menu, io: Io, style: Style): Promise<MenuEnd> {
  // Inquirer would take what is pasted for keys, Ctrl-D for the end of its line, and stop at Ctrl-Z without npm.
  let keys = new PassThrough();
  let stop = new AbortController();
  let back = Promise.resolve();
  let giveBack = (): void => {};
  const keyboard = listenToKeys(
    io,
    (key) => {
      if (key === 'ctrl-c' || key === 'ctrl-d') stop.abort('interrupted');
      else keys.emit('keypress', undefined, { name: key.length === 1 ? key.toLowerCase() : key });
    },
    {
      before() {
        ({ promise: back, resolve: giveBack } = Promise.withResolvers<void>());
        stop.abort('again');
      },
      after: () => giveBack(),
    },
  );
  let settling: NodeJS.Timeout | undefined;
  const onResize = (): void => {
    clearTimeout(settling);
    settling = setTimeout(() => {
      // After a change of width nobody knows which lines the old list takes now.
      back = back.then(() => clearWindow(io));
      stop.abort('again');
    }, settleMs);
  };
  io.stdout.on('resize', onResize);
  try {
    for (let start = menu.start; ;) {
      const view: MenuView = {
        menu,
        style,
        columns: io.columns,
        rows: windowRows(io),
        start,
        onActive: (index) => (start = index),
      };
      const end = await promptOnce(view, io, keys, stop.signal);
      if (end !== 'again') return end;
      await back;
      keys = new PassThrough();
      stop = new AbortController();
    }
  } finally {
    clearTimeout(settling);
    io.stdout.off('resize', onResize);
    keyboard.release();
  }
}

async function promptOnce(
  view: MenuView,
  io: Io,
  input: NodeJS.ReadableStream,
  signal: AbortSignal,
): Promise<MenuEnd | 'again'> {
  try {
    return await prompt(view, { input, output: io.stdout, clearPromptOnDone: true, signal });
  } catch (error) {
    if (signal.aborted) return signal.reason === 'again' ? 'again' : { kind: 'interrupted' };
    throw error;
  }
}

/** Row by row: what is wiped all at once, some terminals keep, and it would come up again when somebody scrolls back. */
function clearWindow(io: Io): void {
  io.stdout.write(`\x1b[H${Array.from({ length: windowRows(io) }, () => '\x1b[2K').join('\n')}\x1b[H`);
}
