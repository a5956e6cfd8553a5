// The lines at the bottom of the terminal that stay there while text is added above them: the keys, a question, a
// spinner. Nothing that was printed is taken back; it scrolls away as in any shell. On a terminal that cannot move its
// cursor these lines are printed like all others, when they change. It knows nothing of keys.
import { canMoveCursor, type Io } from './io.ts';
import { makeSpinner, type Spinner } from './spinner.ts';

/** Something that takes long. */
export interface Busy {
  readonly what: string;
  /** for how long already: `3 s` */
  readonly elapsed: string;
}

export interface BottomBlock {
  /** Adds lines above. */
  print(lines: readonly string[]): void;
  /** Replaces the lines at the bottom; each must be narrower than the terminal. */
  show(lines: readonly string[], busy?: Busy): void;
  /** Empties the window (what has scrolled out of it stays), for drawing at a new width. */
  clearWindow(): void;
}

export function makeBottomBlock(io: Io): BottomBlock {
  return canMoveCursor(io.stdout, io.env) ? new MovingBlock(io) : new PrintedBlock(io);
}

class MovingBlock implements BottomBlock {
  readonly #io: Io;
  readonly #spinner: Spinner;
  #lines: readonly string[] = [];
  #busy: Busy | undefined;

  constructor(io: Io) {
    this.#io = io;
    this.#spinner = makeSpinner(io.stdout, io);
  }

  print(lines: readonly string[]): void {
    this.#erase();
    this.#io.stdout.write(withLineEnds(lines));
    this.#draw();
  }

  show(lines: readonly string[], busy?: Busy): void {
    // A spinner that goes on spinning draws itself.
    if (this.#busy === undefined || busy === undefined) this.#erase();
    this.#lines = lines;
    this.#busy = busy;
    this.#draw();
  }

  clearWindow(): void {
    this.#erase();
    this.#io.stdout.write('\x1b[H\x1b[2J');
    this.#draw();
  }

  #draw(): void {
    if (this.#busy) this.#spinner.show(`${this.#busy.what} (${this.#busy.elapsed})`, this.#lines);
    else this.#io.stdout.write(this.#lines.join('\n'));
  }

  #erase(): void {
    if (this.#busy) return this.#spinner.hide();
    if (this.#lines.length === 0) return;
    const up = this.#lines.length - 1;
    this.#io.stdout.write(`\r${up > 0 ? `\x1b[${up}A` : ''}\x1b[J`);
  }
}

class PrintedBlock implements BottomBlock {
  readonly #io: Io;
  #shown = '';

  constructor(io: Io) {
    this.#io = io;
  }

  print(lines: readonly string[]): void {
    this.#io.stdout.write(withLineEnds(lines));
    this.#shown = '';
  }

  show(lines: readonly string[], busy?: Busy): void {
    // What takes long is told once, not at each second of it.
    const text = withLineEnds(busy ? [busy.what] : lines);
    if (text === this.#shown) return;
    this.#shown = text;
    this.#io.stdout.write(text);
  }

  clearWindow(): void {}
}

function withLineEnds(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
