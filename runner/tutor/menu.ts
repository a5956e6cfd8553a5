// A list to choose from: what it is as data, and which of its two forms suits the terminal. It knows nothing of what
// can be chosen.
import { canMoveCursor, type Io } from '../terminal/io.ts';
import type { Style } from '../terminal/style.ts';

export interface MenuRow {
  /** what is typed to get to it: `11`, `1` */
  readonly number: string;
  /** fitted to a width */
  readonly text: (columns: number) => string;
  /** what is said about the row while it is the active one */
  readonly detail: string;
}

export interface Menu {
  /** what must be read first, if anything; it stands above the title */
  readonly notice?: string | undefined;
  /** what stands above the rows */
  readonly title: string;
  readonly rows: readonly MenuRow[];
  /** the row that is active at first */
  readonly start: number;
  /** whether there is a screen to go back to */
  readonly hasBack: boolean;
  /** what else there is, by a key of its own */
  readonly extra?: { readonly key: string; readonly word: string };
  /** how many rows of the window stay free for what was printed before; none when it is left out */
  readonly rowsAbove?: number;
  /** called once it can be seen */
  readonly onShown?: () => void;
}

export type MenuEnd =
  | { readonly kind: 'chosen'; readonly index: number }
  | { readonly kind: 'extra' }
  | { readonly kind: 'back' }
  | { readonly kind: 'quit' }
  /** Ctrl-C, Ctrl-D */
  | { readonly kind: 'interrupted' };

/** Shows a menu until something is chosen, and takes it off the screen again. */
export async function chooseFrom(menu: Menu, io: Io, style: Style): Promise<MenuEnd> {
  if (!canMoveCursor(io.stdout, io.env)) {
    const { typeChoice } = await import('./typed-menu.ts');
    return await typeChoice(menu, io);
  }
  const { pickChoice } = await import('./picked-menu.ts');
  return await pickChoice(menu, io, style);
}

/**
 * The row that was meant by digits typed one after the other: `1` is 01 until another 1 makes it 11.
 * @returns undefined when no row has that number
 */
export function rowWithNumber(rows: readonly MenuRow[], digits: string): number | undefined {
  const found = rows.findIndex(({ number }) => /^\d+$/.test(digits) && Number(number) === Number(digits));
  return found < 0 ? undefined : found;
}
