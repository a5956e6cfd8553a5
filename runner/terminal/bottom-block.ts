// The lines at the bottom of the terminal that stay there while text is added above them: the keys, a question, a
// spinner. Nothing that was printed is taken back; it scrolls away as in any shell. On a terminal that cannot move its
// cursor these lines are printed like all others, when they change. It knows nothing of keys.
import { canMoveCursor, type Io, windowRows } from './io.ts';
import { frameMs, makeMovingLine, type MovingLine } from './spinner.ts';
import { displayWidth } from './wrap.ts';

/** Something that takes long. */
export interface Busy {
  readonly what: string;
  /** for how long already: `3 s`; '' while that is not worth a word */
  readonly elapsed: string;
}

export interface BottomBlock {
  /** Adds lines above. */
  print(lines: readonly string[]): void;
  /** Replaces the lines at the bottom; each must be narrower than the terminal. */
  show(lines: readonly string[], busy?: Busy): void;
  /** The same after the window has got another width, with lines in the place of all that was printed into it. */
  redraw(above: readonly string[], lines: readonly string[], busy?: Busy): void;
}

/** `Running "doubles" (3 s)` */
export function busyText({ what, elapsed }: Busy): string {
  return elapsed === '' ? what : `${what} (${elapsed})`;
}

export function makeBottomBlock(io: Io): BottomBlock {
  return canMoveCursor(io.stdout, io.env) ? new MovingBlock(io) : new PrintedBlock(io);
}

class MovingBlock implements BottomBlock {
  readonly #io: Io;
  readonly #movingLine: MovingLine;
  /** what was printed above and may still be in the window */
  #above: readonly string[] = [];
  /** the bottom as it stands there */
  #shown: readonly string[] = [];
  #lines: readonly string[] = [];
  #busy: Busy | undefined;
  #clock: NodeJS.Timeout | undefined;

  constructor(io: Io) {
    this.#io = io;
    this.#movingLine = makeMovingLine(io.stdout, io);
  }

  print(lines: readonly string[]): void {
    this.#write(this.#shown.length, lines);
    this.#above = [...this.#above, ...lines].slice(-windowRows(this.#io));
  }

  show(lines: readonly string[], busy?: Busy): void {
    this.#keep(lines, busy);
    this.#write(this.#shown.length, []);
  }

  redraw(above: readonly string[], lines: readonly string[], busy?: Busy): void {
    // Terminals break what has become too wide for them, and keep the cursor where it was in the text.
    const rowsOf = (line: string): number => Math.max(1, Math.ceil(displayWidth(line) / this.#io.columns));
    const taken = [...this.#above, ...this.#shown].reduce((sum, line) => sum + rowsOf(line), 0);
    this.#keep(lines, busy);
    this.#write(Math.min(taken, windowRows(this.#io)), above);
    this.#above = above;
  }

  #keep(lines: readonly string[], busy: Busy | undefined): void {
    this.#lines = lines;
    this.#busy = busy;
    if (busy) this.#clock ??= setInterval(() => this.#turn(), frameMs);
    else {
      clearInterval(this.#clock);
      this.#clock = undefined;
    }
  }

  /**
   * Writes lines and the bottom in the place of the last rows. Each row is wiped for itself: some terminals keep what is
   * wiped all at once, and it would come up again when somebody scrolls back.
   */
  #write(rows: number, above: readonly string[]): void {
    this.#shown = [...this.#moving(), ...this.#lines];
    const text = [...above.map((line) => `${line}\n`), this.#shown.join('\n')].join('');
    const begin = rows > 1 ? `\r\x1b[${rows - 1}A` : '\r';
    this.#io.stdout.write(`${begin}${text.replaceAll(/^/gm, '\x1b[2K')}\x1b[J`);
  }

  #moving(): string[] {
    if (!this.#busy) return [];
    return [this.#movingLine(busyText(this.#busy))];
  }

  /** Draws the one line that moves; the cursor goes back to where the last line ends. */
  #turn(): void {
    const [moving = ''] = this.#moving();
    this.#shown = [moving, ...this.#lines];
    const up = this.#lines.length > 0 ? `\x1b[${this.#lines.length}A` : '';
    this.#io.stdout.write(`\x1b7\r${up}${moving}\x1b[K${up === '' ? '' : '\x1b8'}`);
  }
}

class PrintedBlock implements BottomBlock {
  readonly #io: Io;
  #shown: readonly string[] = [];
  #isBusy = false;

  constructor(io: Io) {
    this.#io = io;
  }

  print(lines: readonly string[]): void {
    this.#io.stdout.write(withLineEnds(lines));
  }

  show(lines: readonly string[], busy?: Busy): void {
    // What takes long is told once, not at each second of it; and of two states the reader knows the smaller one.
    if (busy && !this.#isBusy) this.print([busy.what]);
    if (lines.some((line) => !this.#shown.includes(line))) this.print(lines);
    this.#shown = lines;
    this.#isBusy = busy !== undefined;
  }

  redraw(): void {}
}

function withLineEnds(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
