// Single keys, as they are pressed, without Enter. It knows nothing of what they mean.
import process from 'node:process';
import { emitKeypressEvents } from 'node:readline';
import { canMoveCursor, type Io } from './io.ts';
import { canStop, stopJob } from './job-control.ts';

export interface Keyboard {
  /** Gives the terminal back as it was: to an editor, or for good. */
  release(): void;
  /** Takes it again. */
  take(): void;
}

/** What happens before somebody else gets the terminal (an editor, the shell after Ctrl-Z), and after it is back. */
export interface HandOver {
  before(): void;
  after(): void;
}

interface Keypress {
  readonly name?: string;
  readonly sequence?: string;
  readonly ctrl?: boolean;
}

/**
 * Listens from now on. Ctrl-Z is no key: it stops the job.
 * @param onKey gets `h`, `?`, `enter`, `up`, `ctrl-c`; `ctrl-d` also stands for the end of the input, and `paste` for
 *   all of what was pasted: none of it is a key that somebody meant
 * @param handOver asked when the shell gets the terminal
 */
export function listenToKeys(
  io: Io,
  onKey: (key: string) => void,
  handOver: HandOver = { before() {}, after() {} },
): Keyboard {
  const { stdin, stdout } = io;
  const tellsOfPastes = canMoveCursor(stdout, io.env);
  let isInPaste = false;
  let isPastedChunk = false;
  const onData = (data: Buffer | string): void => {
    isPastedChunk = !isInPaste && holdsSeveralKeys(String(data));
    if (isPastedChunk) onKey('paste');
  };
  const onKeypress = (text: string | undefined, key: Keypress): void => {
    const name = nameOf(text, key);
    if (key.name === 'paste-start') isInPaste = true;
    else if (key.name === 'paste-end') {
      isInPaste = false;
      onKey('paste');
    } else if ((!isInPaste && !isPastedChunk) || name === 'ctrl-c') {
      if (name === 'ctrl-z' && canStop) void stop();
      else onKey(name);
    }
  };
  const onEnd = (): void => onKey('ctrl-d');
  // Somebody has stopped this process from outside: a shell has set the terminal to its own liking meanwhile.
  const onContinue = (): void => {
    handOver.before();
    keyboard.release();
    keyboard.take();
    handOver.after();
  };
  const stop = async (): Promise<void> => {
    handOver.before();
    keyboard.release();
    await stopJob();
    keyboard.take();
    handOver.after();
  };
  const keyboard: Keyboard = {
    release() {
      if (tellsOfPastes) stdout.write('\x1b[?2004l');
      stdin.off('data', onData);
      stdin.off('keypress', onKeypress);
      stdin.off('end', onEnd);
      process.off('SIGCONT', onContinue);
      stdin.setRawMode(false);
      stdin.pause();
    },
    take() {
      isInPaste = false;
      if (tellsOfPastes) stdout.write('\x1b[?2004h');
      stdin.setRawMode(true);
      // Before the listener that makes keys of the same data.
      stdin.prependListener('data', onData);
      stdin.on('keypress', onKeypress);
      stdin.on('end', onEnd);
      process.on('SIGCONT', onContinue);
      stdin.resume();
    },
  };
  emitKeypressEvents(stdin);
  keyboard.take();
  return keyboard;
}

/**
 * For terminals that do not mark what is pasted: nobody presses several keys at the same moment. The digits of a number
 * come quickly, though, and harm nobody.
 */
function holdsSeveralKeys(text: string): boolean {
  return !text.includes('\x1b') && !/^\d+\r?$/.test(text) && (text.match(/[^\p{Cc}]/gu) ?? []).length > 1;
}

function nameOf(text: string | undefined, { name, sequence, ctrl }: Keypress): string {
  if (name === 'return' || name === 'enter') return 'enter';
  if (ctrl) return `ctrl-${name ?? ''}`;
  // With the shift key the name is in small letters; what was typed is in `text`.
  return text !== undefined && text.length === 1 && text > ' ' ? text : (name ?? sequence ?? '');
}
