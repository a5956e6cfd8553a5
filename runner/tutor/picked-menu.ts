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
import type { Io } from '../terminal/io.ts';
import type { Style } from '../terminal/style.ts';
import { truncate, wrap } from '../terminal/wrap.ts';
import { type Menu, type MenuEnd, type MenuRow, rowWithNumber } from './menu.ts';

interface MenuView {
  readonly menu: Menu;
  readonly style: Style;
  readonly columns: number;
  readonly rows: number;
  readonly start: number;
  readonly onActive: (index: number) => void;
}

/** Rows of the terminal that are not the list's: title, a blank, two of detail, a blank, keys. */
const aroundTheList = 6;
const detailLines = 2;
/** How long a window must keep its size before it is drawn again: dragging its edge tells of many. */
const settleMs = 80;

const prompt = createPrompt<MenuEnd, MenuView>(({ menu, style, columns, rows, start, onActive }, done) => {
  const [active, setActive] = useState(start);
  const [digits, setDigits] = useState('');
  const [isWrongKey, setWrongKey] = useState(false);

  useEffect((line) => {
    // Without a listener readline stops this process alone, and the shell above npm or the launcher never comes back.
    line.on('SIGTSTP', () => {});
    menu.onShown?.();
  }, []);

  useKeypress((key, line) => {
    // What was typed is kept in `digits`; Inquirer takes the line for a part of what it shows.
    line.clearLine(0);
    setWrongKey(false);
    setDigits('');
    const step = stepOf(key, rows);
    if (isEnterKey(key)) done({ kind: 'chosen', index: active });
    else if (key.name === 'q') done({ kind: 'quit' });
    else if ((key.name === 'b' || key.name === 'escape') && menu.hasBack) done({ kind: 'back' });
    else if (step !== 0) goTo(Math.max(0, Math.min(menu.rows.length - 1, active + step)));
    else if (/^\d$/.test(key.name)) {
      const typed = rowWithNumber(menu.rows, digits + key.name) === undefined ? key.name : digits + key.name;
      setDigits(typed);
      goTo(rowWithNumber(menu.rows, typed) ?? active);
    } else setWrongKey(true);
  });

  function goTo(index: number): void {
    setActive(index);
    onActive(index);
  }

  const page = usePagination<MenuRow>({
    items: menu.rows,
    active,
    pageSize: Math.max(3, rows - aroundTheList),
    loop: false,
    renderItem: ({ item, isActive }) =>
      isActive ? style.accent(`> ${item.text(columns - 3)}`) : `  ${item.text(columns - 3)}`,
  });
  const detail = wrap(menu.rows[active]?.detail ?? '', columns - 3, { first: '  ' }).slice(0, detailLines);
  const keys = keysLine(menu, columns, isWrongKey);
  return [
    style.heading(menu.title),
    page,
    '',
    ...detail.map(style.quiet),
    isWrongKey ? style.warning(keys) : style.quiet(keys),
  ].join('\n');
});

function stepOf(key: KeypressEvent, rows: number): number {
  if (isUpKey(key) || key.name === 'k') return -1;
  if (isDownKey(key) || key.name === 'j') return 1;
  const page = Math.max(3, rows - aroundTheList);
  return { pageup: -page, pagedown: page, home: -Infinity, end: Infinity }[key.name] ?? 0;
}

function keysLine({ hasBack }: Menu, columns: number, isWrongKey: boolean): string {
  const keys = `arrows or a number, Enter${hasBack ? ', b back' : ''}, q quit`;
  return truncate(isWrongKey ? `That key does nothing here. Keys: ${keys}` : keys, columns - 1);
}

export async function pickChoice(menu: Menu, io: Io, style: Style): Promise<MenuEnd> {
  let active = menu.start;
  for (;;) {
    const end = await pickOnce(menu, active, io, style, (index) => (active = index));
    if (end !== 'resized') return end;
    // After a change of width nobody knows which lines the old list takes now.
    io.stdout.write('\x1b[H\x1b[2J');
  }
}

async function pickOnce(
  menu: Menu,
  start: number,
  io: Io,
  style: Style,
  onActive: (index: number) => void,
): Promise<MenuEnd | 'resized'> {
  const stop = new AbortController();
  let settling: NodeJS.Timeout | undefined;
  const onResize = (): void => {
    clearTimeout(settling);
    settling = setTimeout(() => stop.abort('resized'), settleMs);
  };
  // Inquirer takes Ctrl-D for the end of its line and never answers.
  const onKeypress = (_text: unknown, key: { ctrl?: boolean; name?: string }): void => {
    if (key.ctrl && key.name === 'd') stop.abort('interrupted');
  };
  const onEnd = (): void => stop.abort('interrupted');
  io.stdout.on('resize', onResize);
  io.stdin.on('keypress', onKeypress);
  io.stdin.on('end', onEnd);
  const view: MenuView = { menu, style, columns: io.columns, rows: io.stdout.rows ?? 24, start, onActive };
  try {
    return await prompt(view, { input: io.stdin, output: io.stdout, clearPromptOnDone: true, signal: stop.signal });
  } catch (error) {
    if (stop.signal.aborted) return stop.signal.reason === 'resized' ? 'resized' : { kind: 'interrupted' };
    if (error instanceof Error && error.name === 'ExitPromptError') return { kind: 'interrupted' };
    throw error;
  } finally {
    clearTimeout(settling);
    io.stdout.off('resize', onResize);
    io.stdin.off('keypress', onKeypress);
    io.stdin.off('end', onEnd);
  }
}
