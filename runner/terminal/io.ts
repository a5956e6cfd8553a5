// What a command may touch of the outside world, so that everything below main.ts has it handed in. It knows nothing of
// any command.
import process from 'node:process';

export interface Io {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
  /** the width of stdout at this moment; a window can be resized */
  readonly columns: number;
  /** both stdin and stdout are a terminal: somebody is there to be asked */
  readonly isTTY: boolean;
  readonly cwd: string;
  /** milliseconds since 1970 */
  readonly now: () => number;
}

/** The width for what is no terminal and says nothing in COLUMNS. */
const plainColumns = 80;
/** Below this nothing can be laid out; the terminal breaks the lines then. */
const fewestColumns = 20;

/** The outside world of this process. */
export function processIo(): Io {
  const { stdin, stdout, stderr, env } = process;
  return {
    stdin,
    stdout,
    stderr,
    env,
    get columns() {
      const said = stdout.columns || Number(env.COLUMNS);
      return Number.isInteger(said) && said > 0 ? Math.max(said, fewestColumns) : plainColumns;
    },
    isTTY: stdin.isTTY === true && stdout.isTTY === true,
    cwd: process.cwd(),
    now: Date.now,
  };
}

/** Whether a line on that stream can be drawn again: not in a pipe, and not on a terminal that calls itself dumb. */
export function canMoveCursor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && env.TERM !== 'dumb';
}
