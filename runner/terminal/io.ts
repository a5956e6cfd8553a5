// What a command may touch of the outside world, so that everything below main.ts has it handed in. It knows nothing of
// any command.
import { dirname } from 'node:path';
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
  /** the folder in which the learner's shell is */
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
    cwd: shellFolder(env),
    now: Date.now,
  };
}

/** npm runs a script in the package's folder, wherever it was typed. */
function shellFolder({ INIT_CWD, npm_package_json }: NodeJS.ProcessEnv): string {
  const cwd = process.cwd();
  return INIT_CWD !== undefined && npm_package_json !== undefined && dirname(npm_package_json) === cwd ? INIT_CWD : cwd;
}

/** Whether a line on that stream can be drawn again: not in a pipe, and not on a terminal that calls itself dumb. */
export function canMoveCursor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && env.TERM !== 'dumb';
}

const usualRows = 24;

/** How many lines the window has. */
export function windowRows(io: Io): number {
  return io.stdout.rows || usualRows;
}
