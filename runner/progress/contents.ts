// Everything that is kept, as rows: read from one file and merged into another. It is how progress is carried to another
// machine, out of a damaged file, and into memory. It knows the tables and nothing of what the rows mean.
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

type ColumnType = 'text' | 'whole number' | 'number' | 'JSON';

/** The columns of each table, without the row's own number, which is another one in another file. */
export const columns = {
  attempts: { lab: 'text', at: 'whole number', verdict: 'text', ms: 'number' },
  hints: { lab: 'text', rung: 'whole number', at: 'whole number' },
  solutions_seen: { lab: 'text', at: 'whole number' },
  positions: { lesson: 'text', anchor: 'text', at: 'whole number' },
  answers: {
    lesson: 'text',
    question: 'text',
    at: 'whole number',
    choice: 'text',
    is_right: 'whole number',
    is_prediction: 'whole number',
  },
  measurements: { demo: 'text', at: 'whole number', report: 'JSON' },
  timings: { lab: 'text', at: 'whole number', report: 'JSON' },
  drills: {
    drill: 'text',
    seed: 'whole number',
    level: 'whole number',
    at: 'whole number',
    is_right: 'whole number',
    is_fixed: 'whole number',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, ColumnType>>>>;

export type Table = keyof typeof columns;
const tables = Object.keys(columns) as Table[];

export type Row = Readonly<Record<string, SQLInputValue>>;
/** In the order in which they were recorded. */
export type Contents = Readonly<Record<Table, readonly Row[]>>;

/** What happens to a row whose lab or lesson is there already; of the other tables every row is kept. */
const whenThere: Partial<Record<Table, string>> = {
  hints: '(lab) DO UPDATE SET rung = excluded.rung, at = excluded.at WHERE excluded.rung > rung',
  solutions_seen: '(lab) DO UPDATE SET at = excluded.at WHERE excluded.at < at',
  positions: '(lesson) DO UPDATE SET anchor = excluded.anchor, at = excluded.at WHERE excluded.at > at',
};

/** Everything that can be read; where a table is damaged, what comes before the damage. */
export function readContents(database: DatabaseSync): Contents {
  return contentsOf((table) => {
    const rows: Row[] = [];
    try {
      const select = `SELECT ${Object.keys(columns[table]).join(', ')} FROM ${table} ORDER BY rowid`;
      for (const row of database.prepare(select).iterate()) if (wrongColumn(table, row) === undefined) rows.push(row);
    } catch {
      // Whoever reads a file that may be damaged has told of it.
    }
    return rows;
  });
}

export function contentsOf(rowsOf: (table: Table) => readonly Row[]): Contents {
  return Object.fromEntries(tables.map((table) => [table, rowsOf(table)])) as unknown as Contents;
}

/**
 * Adds what is not there yet, all of it or nothing. Nothing that is there is lost, and a second time nothing changes.
 * @returns how many rows were added or brought up to date
 */
export function mergeContents(database: DatabaseSync, contents: Contents): number {
  database.exec('BEGIN IMMEDIATE');
  try {
    let changes = 0;
    for (const table of tables) {
      const merge = database.prepare(mergeStatement(table));
      for (const row of contents[table]) changes += Number(merge.run({ ...row }).changes);
    }
    database.exec('COMMIT');
    return changes;
  } catch (error) {
    // A full disk has ended it already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function mergeStatement(table: Table): string {
  const names = Object.keys(columns[table]);
  const insert = `INSERT INTO ${table} (${names.join(', ')}) SELECT ${names.map((name) => `:${name}`).join(', ')}`;
  const same = names.map((name) => `${name} = :${name}`).join(' AND ');
  const conflict = whenThere[table];
  // SQLite takes an ON after a SELECT without WHERE for the ON of a join.
  if (conflict !== undefined) return `${insert} WHERE true ON CONFLICT ${conflict}`;
  return `${insert} WHERE NOT EXISTS (SELECT 1 FROM ${table} WHERE ${same})`;
}

/** @returns the name of a column that does not hold what it should, and what that is */
export function wrongColumn(table: Table, row: Readonly<Record<string, unknown>>): [string, ColumnType] | undefined {
  return Object.entries(columns[table]).find(([name, type]) => !isOfType(row[name], type));
}

function isOfType(value: unknown, type: ColumnType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'whole number':
      return Number.isSafeInteger(value);
    case 'number':
      return Number.isFinite(value);
    case 'JSON':
      return typeof value === 'string' && isJson(value);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
