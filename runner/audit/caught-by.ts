// The first line of a wrong solution, `// caught by "NAME OF THE TEST": WORDS`: which test must catch it and what the
// learner must be told. It knows nothing of how a verdict comes about.
import { escapeText } from '../terminal/escape.ts';

export interface CaughtBy {
  readonly test: string;
  readonly words: string;
}

/** One word is in too many messages to prove that the right one was said. */
const fewestWords = 2;

/**
 * @param text a wrong solution
 * @param tests the names of the suite's tests
 * @returns what it says, or in words what is wrong with its first line
 */
export function readCaughtBy(text: string, tests: readonly string[]): CaughtBy | string {
  const [first = ''] = text.split(/\r?\n/, 1);
  const [, quoted, rest] = /^\/\/ caught by "(.*)": +(\S.*?)\s*$/.exec(first) ?? [];
  if (quoted === undefined || rest === undefined)
    return 'the first line must be // caught by "NAME OF THE TEST": WORDS OF ITS MESSAGE';
  // Quotes and colons may be part of a name: the suite knows where it ends.
  const test = tests.find((name) => first.startsWith(`// caught by "${name}": `)) ?? quoted;
  if (!tests.includes(test))
    return `lab.json has no test "${test}"; it has ${tests.map((name) => `"${name}"`).join(', ')}`;
  const words = first.slice(`// caught by "${test}": `.length).trim();
  if (words.split(/\s+/).length < fewestWords)
    return `"${words}" is in too many messages; give at least ${fewestWords} words of this one`;
  return { test, words };
}

/** Whether a message says the words, however its lines are broken. Both are compared as they are shown. */
export function saysWords(message: string, words: string): boolean {
  return onOneLine(message).includes(onOneLine(words));
}

/** A message as it is shown, on one line. */
export function onOneLine(text: string): string {
  return escapeText(text).replaceAll(/\s+/g, ' ').trim();
}
