// The front matter of a Markdown file: a small and strict part of YAML, `key: text` and `key: [a, b]`, one to a line.
// Everything that it accepts means the same to a YAML parser, so that a code host shows it as it is. It knows nothing
// of which keys a lesson needs.
import { CourseError } from './course-error.ts';

export interface Field {
  readonly value: string | readonly string[];
  /** counted from 1 */
  readonly line: number;
}

export interface FrontMatter {
  readonly fields: ReadonlyMap<string, Field>;
  /** the text after the closing line, as it stands in the file */
  readonly body: string;
  /** the line on which the body begins, counted from 1 */
  readonly bodyLine: number;
}

const fence = '---';
const listItem = /^[A-Za-z0-9][\w.-]*$/;

/**
 * Splits a file into its front matter and its body.
 * @param file what to call the file in messages
 * @throws CourseError that names the file and the line
 */
export function parseFrontMatter(text: string, file: string): FrontMatter {
  const lines = text.split(/\r?\n/);
  if (lines[0] !== fence) throw mistake(file, 1, `expected "${fence}", the start of the front matter`);
  const end = lines.indexOf(fence, 1);
  if (end < 0) throw mistake(file, lines.length, `the front matter has no closing "${fence}"`);

  const fields = new Map<string, Field>();
  for (const [index, text] of lines.slice(1, end).entries()) {
    const line = index + 2;
    const [, key, value] = /^([a-z][A-Za-z]*):[ ]+(\S.*?)\s*$/.exec(text) ?? [];
    if (key === undefined || value === undefined) throw mistake(file, line, 'expected "key: value" or "key: [a, b]"');
    const earlier = fields.get(key);
    if (earlier) throw mistake(file, line, `"${key}" stands on line ${earlier.line} already`);
    fields.set(key, { value: parseValue(value, file, line), line });
  }
  return { fields, body: lines.slice(end + 1).join('\n'), bodyLine: end + 2 };
}

function parseValue(text: string, file: string, line: number): string | string[] {
  if (text.startsWith('[')) return parseList(text, file, line);
  if (text.startsWith('"')) return parseQuoted(text, file, line);
  // What YAML would read as something else than this text: indicators, a nested mapping, a comment.
  if (!/^[\p{L}\p{N}]/u.test(text) || /:(\s|$)|\s#/.test(text))
    throw mistake(file, line, 'this text needs double quotes around it');
  return text;
}

function parseList(text: string, file: string, line: number): string[] {
  if (!text.endsWith(']')) throw mistake(file, line, 'the list has no closing "]" on its line');
  const inside = text.slice(1, -1).trim();
  if (inside === '') return [];
  return inside.split(',').map((part) => {
    const item = part.trim();
    if (!listItem.test(item))
      throw mistake(file, line, `"${item}" is not a name; a list holds names with commas between`);
    return item;
  });
}

function parseQuoted(text: string, file: string, line: number): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    throw mistake(file, line, 'the text in double quotes does not end as it should');
  }
}

function mistake(file: string, line: number, what: string): CourseError {
  return new CourseError(`${file}:${line}: ${what}`, 'Mend that line; CONTRIBUTING.md describes the front matter.');
}
