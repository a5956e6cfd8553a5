// The two forms in which pages get onto a terminal and keys come from it. Where the cursor can be moved the page has
// the window for itself (the alternate screen, so that what stood there comes back), and a key works as it is pressed. On
// other terminals the lines that are new are printed, and a key is typed with Enter behind it. It knows nothing of lessons.
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Io } from './io.ts';
import { listenToKeys } from './keyboard.ts';
import { printLines } from './print.ts';
import { frameMs, makeMovingLine } from './spinner.ts';

/** What is to be seen. */
export interface Picture {
  /** of all its lines the window shows some; lines of two pages have nothing to do with each other */
  readonly page: string;
  readonly lines: readonly string[];
  readonly first: number;
  readonly height: number;
  /** narrower than the terminal */
  readonly bottom: readonly string[];
  /** what takes long; it stands in the place of the bottom's first line */
  readonly busy?: string | undefined;
}

export interface PageWindow {
  draw(picture: Picture): void;
  /** Says how far it is with what takes long. */
  tell(text: string): void;
  /** Gives the terminal back as it was. */
  close(): void;
}

/** @param onKey as of listenToKeys; typed, Enter alone is `enter` */
export function openWindow(io: Io, onKey: (key: string) => void): PageWindow {
  let picture: Picture | undefined;
  let busy: string | undefined;
  let clock: NodeJS.Timeout | undefined;
  const movingLine = makeMovingLine(io.stdout, io);

  function draw(): void {
    if (!picture) return;
    const { lines, first, height, bottom } = picture;
    const page = Array.from({ length: height }, (_, index) => lines[first + index] ?? '');
    const below = busy === undefined ? bottom : [movingLine(busy), ...bottom.slice(1)];
    // Each line is wiped before it is written: behind one that fills the window the cursor still stands on its end.
    io.stdout.write(`\x1b[H${[...page, ...below].map((line) => `\x1b[2K${line}`).join('\r\n')}\x1b[J`);
  }

  function turn(): void {
    if (busy === undefined || !picture) return;
    io.stdout.write(`\x1b7\x1b[${picture.height + 1};1H${movingLine(busy)}\x1b[K\x1b8`);
  }

  const enter = (): void => void io.stdout.write('\x1b[?1049h');
  const leave = (): void => void io.stdout.write('\x1b[?1049l');
  // Whatever ends the program: what it has to say must not be said on a screen that goes away.
  const onCrash = (): void => leave();
  const onKill = (): void => onKey('ctrl-d');
  enter();
  process.on('uncaughtExceptionMonitor', onCrash);
  for (const signal of killSignals) process.on(signal, onKill);
  const keyboard = listenToKeys(io, onKey, {
    before: leave,
    after() {
      enter();
      draw();
    },
  });
  return {
    draw(next) {
      picture = next;
      busy = next.busy === undefined ? undefined : (busy ?? next.busy);
      if (busy === undefined) clearInterval(clock);
      clock = busy === undefined ? undefined : (clock ?? setInterval(turn, frameMs));
      draw();
    },
    tell(text) {
      if (busy !== undefined) busy = text;
    },
    close() {
      clearInterval(clock);
      keyboard.release();
      process.off('uncaughtExceptionMonitor', onCrash);
      for (const signal of killSignals) process.off(signal, onKill);
      leave();
    },
  };
}

/** Without these the terminal would stay on the alternate screen. */
const killSignals = ['SIGTERM', 'SIGHUP'] as const;

/** @param onKey as of openWindow; whole words come as they were typed */
export function openTranscript(io: Io, onKey: (key: string) => void): PageWindow {
  const reader = createInterface({ input: io.stdin, output: io.stdout, prompt: '> ' });
  let shown: Picture | undefined;
  let isClosing = false;
  let isClosed = false;
  reader.on('line', (line) => onKey(line.trim() === '' ? 'enter' : line.trim()));
  reader.on('SIGINT', () => onKey('ctrl-c'));
  reader.on('close', () => {
    isClosed = true;
    if (!isClosing) onKey('ctrl-d');
  });
  return {
    draw(next) {
      // What takes long is told once, and what comes of it when it is there.
      if (next.busy !== undefined) {
        if (shown?.busy === undefined) printLines(io, [next.busy, ...next.bottom.slice(1)]);
        shown = { ...(shown ?? next), busy: next.busy };
        return;
      }
      const lines = newLines(shown, next);
      printLines(io, [...lines, ...(lines.length > 0 ? [''] : []), ...next.bottom.filter((line) => line !== '')]);
      shown = next;
      // What was typed last may be answered when the input has ended.
      if (!isClosed) reader.prompt();
    },
    tell() {},
    close() {
      isClosing = true;
      reader.close();
    },
  };
}

/** What was not printed before; all that the window would show after a step back. Empty lines around it say nothing. */
function newLines(before: Picture | undefined, { page, lines, first, height }: Picture): readonly string[] {
  const isOn = before?.page === page && first >= before.first;
  const printed = isOn ? before.lines.slice(0, before.first + before.height) : [];
  const changed = printed.findIndex((line, index) => line !== lines[index]);
  const begin = isOn ? (changed < 0 ? printed.length : changed) : first;
  const fresh = lines.slice(begin, first + height);
  const from = fresh.findIndex((line) => line !== '');
  return from < 0 ? [] : fresh.slice(from, fresh.findLastIndex((line) => line !== '') + 1);
}
