// A person at a terminal: starts a program in a real pseudo-terminal, presses keys, reads the screen as text.
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

export interface Window {
  readonly columns?: number;
  readonly rows?: number;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export const keys = {
  enter: '\r',
  up: '\x1b[A',
  down: '\x1b[B',
  left: '\x1b[D',
  escape: '\x1b',
  ctrlC: '\x03',
  ctrlD: '\x04',
};

/** What is waited for: words, or a question to the text. */
export type Sight = string | RegExp | ((text: string) => boolean);

function isSeen(text: string, what: Sight): boolean {
  if (typeof what === 'string') return text.includes(what);
  return what instanceof RegExp ? what.test(text) : what(text);
}

export class Person {
  readonly pid: number;
  /** every byte that the program wrote */
  raw = '';
  readonly exit: Promise<{ exitCode: number; signal?: number | undefined }>;
  readonly #pty: ReturnType<typeof spawn>;
  readonly #terminal: InstanceType<typeof xterm.Terminal>;
  #exited: string | undefined;

  constructor(file: string, args: readonly string[], { columns = 80, rows = 24, cwd, env }: Window) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 5_000, allowProposedApi: true });
    this.#pty = spawn(file, [...args], {
      cols: columns,
      rows,
      cwd,
      env: { TERM: 'xterm-256color', ...env },
      name: env.TERM ?? 'xterm-256color',
    });
    this.pid = this.#pty.pid;
    this.#pty.onData((data) => {
      this.raw += data;
      this.#terminal.write(data);
    });
    this.exit = new Promise((resolve) => {
      this.#pty.onExit((ended) => {
        this.#exited = JSON.stringify(ended);
        resolve(ended);
      });
    });
    onTestFinished(() => {
      if (this.#exited === undefined) this.kill();
    });
  }

  press(text: string): void {
    this.#pty.write(text);
  }

  resize(columns: number, rows = 24): void {
    this.#terminal.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  kill(signal = 'SIGKILL'): void {
    try {
      process.kill(this.pid, signal);
    } catch {
      // Gone already.
    }
  }

  /** What the window shows now; without the blank lines at its end. */
  screen(): string {
    const { buffer } = this.#terminal;
    return this.#lines(buffer.active.baseY, buffer.active.baseY + this.#terminal.rows);
  }

  /** The same with everything that has scrolled out of it. */
  all(): string {
    return this.#lines(0, this.#terminal.buffer.active.length);
  }

  /** Waits until the window shows something, and gives the text of the window. */
  async sees(what: Sight, timeoutMs = 45_000): Promise<string> {
    return await this.#until(() => this.screen(), what, timeoutMs);
  }

  /** The same for something that may have scrolled out of the window. */
  async saw(what: Sight, timeoutMs = 45_000): Promise<string> {
    return await this.#until(() => this.all(), what, timeoutMs);
  }

  async #until(text: () => string, what: Sight, timeoutMs: number): Promise<string> {
    const end = performance.now() + timeoutMs;
    for (;;) {
      const now = text();
      if (isSeen(now, what)) return now;
      if (performance.now() > end) {
        throw new Error(`did not see ${String(what)}; ended: ${this.#exited ?? 'no'}; the terminal:\n${this.all()}`);
      }
      await sleep(20);
    }
  }

  #lines(from: number, to: number): string {
    const { active } = this.#terminal.buffer;
    const lines: string[] = [];
    for (let y = from; y < to; y++) lines.push(active.getLine(y)?.translateToString(true) ?? '');
    return lines.join('\n').trimEnd();
  }
}
