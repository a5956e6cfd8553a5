// The document in which progress is carried to another machine, written and read. It knows nothing of files and of what
// is done with the contents.
import { CourseError } from '../course/course-error.ts';
import { type Contents, type Row, type Table, columns, contentsOf, wrongColumn } from './contents.ts';

const format = 'interleave-progress';
/** Raised when a reader of the version before would lose something. */
const version = 1;

/** @param now milliseconds since 1970 */
export function exchangeDocument(contents: Contents, now: number) {
  const rows = contentsOf((table) =>
    contents[table].map((row) => mapJson(table, row, (text) => JSON.parse(String(text)))),
  );
  return { format, version, exportedAt: now, contents: rows };
}

/**
 * @param file what the text was read from, for messages
 * @throws CourseError when it is damaged, newer than this course, or something else
 */
export function readExchange(text: string, file: string): Contents {
  const document = parsed(text, file);
  if (!isRecord(document) || document.format !== format)
    throw new CourseError(
      `${file} is not an export of progress.`,
      'Name a file that "npx interleave progress export" wrote.',
    );
  if (typeof document.version === 'number' && document.version > version)
    throw new CourseError(`${file} was written by a newer Interleave.`, 'Update this course, then import it again.');
  const { contents } = document;
  if (document.version !== version || !isRecord(contents)) throw damaged(file, 'its contents are missing');
  return contentsOf((table) => rowsOf(table, contents[table] ?? [], file));
}

function rowsOf(table: Table, rows: unknown, file: string): Row[] {
  if (!Array.isArray(rows)) throw damaged(file, `"${table}" is no list`);
  return rows.map((row: unknown, index) => {
    if (!isRecord(row)) throw damaged(file, `${table}[${index}] is no object`);
    const stored = mapJson(table, row as Row, (value) => JSON.stringify(value));
    const wrong = wrongColumn(table, stored);
    if (wrong) throw damaged(file, `${table}[${index}].${wrong[0]} is no ${wrong[1]}`);
    return Object.fromEntries(Object.keys(columns[table]).map((name) => [name, stored[name] ?? null]));
  });
}

/** A report is a text in a table and a part of the document here. */
function mapJson(table: Table, row: Row, change: (value: unknown) => unknown): Row {
  const types: Readonly<Record<string, string>> = columns[table];
  const entries = Object.entries(row).map(([name, value]) => [name, types[name] === 'JSON' ? change(value) : value]);
  return Object.fromEntries(entries) as Row;
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(file, (error as Error).message);
  }
}

function damaged(file: string, why: string): CourseError {
  return new CourseError(`${file} is damaged, or not an export of progress: ${why}.`, 'Export it once more.');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
