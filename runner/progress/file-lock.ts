// A lock between processes that ends with its holder, however that ends: SQLite's own, on a file that stays empty. It
// knows nothing of what is locked.
import { DatabaseSync } from 'node:sqlite';

/** How long one waits for the others. */
const timeout = 2_000;

export interface FileLock {
  release(): void;
}

/**
 * For whoever uses something; any number of processes may at once.
 * @throws an error of SQLite: busy when somebody keeps it alone
 */
export function share(file: string): FileLock {
  return take(file, 'BEGIN; SELECT count(*) FROM sqlite_schema');
}

/**
 * For whoever replaces it: nobody else uses it meanwhile.
 * @throws an error of SQLite: busy when somebody uses it
 */
export function takeAlone(file: string): FileLock {
  return take(file, 'BEGIN EXCLUSIVE');
}

function take(file: string, how: string): FileLock {
  const database = new DatabaseSync(file, { timeout });
  try {
    // Nothing is written, so there is nothing for a journal either, which would be a second file.
    database.exec('PRAGMA journal_mode = MEMORY');
    database.exec(how);
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    release() {
      if (database.isOpen) database.close();
    },
  };
}
