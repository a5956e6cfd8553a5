// The one door to chalk: colours by what they mean, and the decision whether there are any. Every meaning is in the words
// as well, for readers without colours. It knows nothing of what is printed.
import { Chalk } from 'chalk';

export interface Style {
  readonly hasColour: boolean;
  heading(text: string): string;
  /** what matters least in its place */
  quiet(text: string): string;
  /** something to type, a key, a name */
  accent(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warning(text: string): string;
  /** a line that a difference adds, and one that it takes away */
  added(text: string): string;
  removed(text: string): string;
  /** words of a sentence that are stressed, and more so */
  emphasis(text: string): string;
  strong(text: string): string;
  /** parts of a program */
  keyword(text: string): string;
  string(text: string): string;
  number(text: string): string;
}

/** A stream, as far as colours are concerned. */
export interface Output {
  readonly isTTY?: boolean;
}

export function styleFor(output: Output, env: NodeJS.ProcessEnv): Style {
  const hasColour = wantsColour(output, env);
  // The 16 colours that every terminal has and that the reader has chosen: they fit dark and light backgrounds.
  const chalk = new Chalk({ level: hasColour ? 1 : 0 });
  return {
    hasColour,
    heading: (text) => chalk.bold(text),
    quiet: (text) => chalk.dim(text),
    accent: (text) => chalk.cyan(text),
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    warning: (text) => chalk.yellow(text),
    added: (text) => chalk.green(text),
    removed: (text) => chalk.red(text),
    emphasis: (text) => chalk.italic(text),
    strong: (text) => chalk.bold(text),
    keyword: (text) => chalk.magenta(text),
    string: (text) => chalk.green(text),
    number: (text) => chalk.yellow(text),
  };
}

/** No colours: for files, for comparing in tests. */
export const plainStyle: Style = styleFor({ isTTY: false }, {});

/** NO_COLOR (https://no-color.org) comes before FORCE_COLOR, and both before what the stream and TERM say. */
function wantsColour(output: Output, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return output.isTTY === true && env.TERM !== 'dumb';
}
