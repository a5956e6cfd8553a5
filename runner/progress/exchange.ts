// The document in which progress is carried to another machine, written and read. It knows nothing of files and of what
// is done with the contents.
import { CourseError } from '../course/course-error.ts';
import { type Contents, type Row, type Table, columns, contentsOf, wrongColumn } from './contents.ts';

const format = 'interleave-progress';
/** Raised when a reader of the version before would lose something. */
const version = 2;

/** What was measured is about the machine that it was measured on. */
const staying: ReadonlySet<Table> = new Set(['measurements', 'timings']);

/** What of the contents is the learner's and not the machine's. */
export function portable(contents: Contents): Contents {
  return contentsOf((table) => (staying.has(table) ? [] : contents[table]));
}

/** @param now milliseconds since 1970 */
export function exchangeDocument(contents: Contents, now: number) {
  const entries = Object.entries(contents).filter(([table]) => !staying.has(table as Table));
  return { format, version, exportedAt: now, contents: Object.fromEntries(entries) };
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
  if (!isVersion(document.version) || !isRecord(contents)) throw damaged(file, 'its contents are missing');
  return contentsOf((table) => (staying.has(table) ? [] : rowsOf(table, contents[table] ?? [], file)));
}

/** What an earlier version did not know of is not in its documents. */
function isVersion(typed: unknown): boolean {
  return Number.isInteger(typed) && Number(typed) >= 1;
}

function rowsOf(table: Table, rows: unknown, file: string): Row[] {
  if (!Array.isArray(rows)) throw damaged(file, `"${table}" is no list`);
  return rows.map((row: unknown, index) => {
    if (!isRecord(row)) throw damaged(file, `${table}[${index}] is no object`);
    const wrong = wrongColumn(table, row);
    if (wrong) throw damaged(file, `${table}[${index}].${wrong[0]} is no ${wrong[1]}`);
    // A later version may write more columns than this one knows.
    return Object.fromEntries(Object.keys(columns[table]).map((name) => [name, row[name]])) as Row;
  });
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
