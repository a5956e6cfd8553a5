// The file in which progress is kept: opened, backed up from time to time, and when it turns out to be damaged put aside
// and restored from its backup. It knows nothing of what is recorded in it.
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { moveOver, syncFile } from '../course/durable-files.ts';
import { dateForName, dateInWords } from '../course/local-date.ts';
import { contentsOf, type Contents, mergeContents, readContents } from './contents.ts';
import { share, takeAlone } from './file-lock.ts';
import { migrate } from './schema.ts';
import { DamagedProgress, isDamage } from './storage-problem.ts';

export interface OpenFile {
  readonly database: DatabaseSync;
  /** says what became of a damaged file, if this one was restored */
  readonly restored: string | undefined;
  close(): void;
}

/** How long a call waits for another process that is writing. */
const busyTimeoutMs = 5_000;
/** A backup that is younger will do. */
const backUpEveryMs = 10 * 60_000;
/** Whoever takes longer to write one was killed at it. */
const unfinishedMs = 60_000;

function backupOf(file: string): string {
  return file.replace(/\.sqlite$/, '-backup.sqlite');
}

function lockOf(file: string): string {
  return file.replace(/\.sqlite$/, '.lock');
}

/**
 * Opens the file, and makes it when there is none.
 * @param isDamaged somebody has met a damaged page in it
 * @throws what `explainStorage` explains
 */
export function openFile(file: string, isDamaged = false): OpenFile {
  mkdirSync(dirname(file), { recursive: true });
  if (isDamaged || isGone(file)) return openShared(file, restore(file));
  try {
    return openShared(file);
  } catch (error) {
    if (!isDamage(error)) throw error;
    return openShared(file, restore(file));
  }
}

function openShared(file: string, restored?: string): OpenFile {
  const lock = share(lockOf(file));
  try {
    const database = openDatabase(file);
    return {
      database,
      restored,
      close() {
        if (database.isOpen) database.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** There was one once; a kill in the middle of a restoration leaves this as well. */
function isGone(file: string): boolean {
  return existsSync(backupOf(file)) && (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0;
}

function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: busyTimeoutMs });
  try {
    database.exec('PRAGMA journal_mode = WAL');
    // What was acknowledged survives a loss of power, not just a kill.
    database.exec('PRAGMA synchronous = FULL');
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** What is in a file that cannot be written, or not be opened as it should; nothing when it cannot be read either. */
export function readOnlyContents(file: string): Contents {
  const unchanging = pathToFileURL(file);
  // SQLite wants to write beside a file that it only reads, unless it is told that nobody else will change it.
  unchanging.searchParams.set('immutable', '1');
  for (const path of [file, unchanging]) {
    try {
      const database = new DatabaseSync(path, { readOnly: true });
      try {
        database.prepare('SELECT count(*) FROM sqlite_schema').get();
        return readContents(database);
      } finally {
        database.close();
      }
    } catch {
      // Whoever asks has told why.
    }
  }
  return contentsOf(() => []);
}

/**
 * Keeps a copy of a file that is whole, when the last copy is old. After a record, never before something is shown: the
 * disk takes its time.
 * @throws when the file is damaged
 */
export function backUpNowAndThen(database: DatabaseSync, file: string): void {
  const backup = backupOf(file);
  if (ageMs(backup) < backUpEveryMs) return;
  const unfinished = `${backup}.unfinished`;
  // Somebody else is at it, unless they were killed.
  if (ageMs(unfinished) < unfinishedMs) return;
  rmSync(unfinished, { force: true });
  if (!isWhole(database)) throw new DamagedProgress();
  try {
    database.prepare('VACUUM INTO ?').run(unfinished);
    syncFile(unfinished);
    moveOver(unfinished, backup);
  } catch (error) {
    rmSync(unfinished, { force: true });
    if (isDamage(error)) throw error;
    // A full disk, say: the file itself is well, and a later record tries again.
  }
}

function ageMs(file: string): number {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity);
}

function isWhole(database: DatabaseSync): boolean {
  return database.prepare('PRAGMA quick_check(1)').get()?.quick_check === 'ok';
}

/**
 * Puts a damaged file aside and its backup in its place, with all that can still be read of it.
 * @returns what became of it, in words; undefined when another process has done it
 * @throws an error of SQLite: busy when somebody else uses the file
 */
function restore(file: string): string | undefined {
  const alone = takeAlone(lockOf(file));
  try {
    const isThere = !isGone(file);
    if (isThere && isHealthy(file)) return undefined;
    const backup = backupOf(file);
    const until = existsSync(backup) && isHealthy(backup) ? statSync(backup).mtimeMs : undefined;
    const restored = `${file}.restored`;
    rmSync(restored, { force: true });
    if (until !== undefined) copyFileSync(backup, restored);
    addContents(restored, readOnlyContents(file));
    syncFile(restored);
    const aside = putAside(file);
    moveOver(restored, file);
    const was = isThere
      ? `Your progress file was damaged; it is ${aside} now.`
      : `Your progress file ${file} was gone.`;
    return until === undefined
      ? `${was} There was no backup of it; what could still be read is kept.`
      : `${was} What was saved until ${dateInWords(until)} is back, and what could still be read of the rest.`;
  } finally {
    alone.release();
  }
}

function isHealthy(file: string): boolean {
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      return isWhole(database);
    } finally {
      database.close();
    }
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

function addContents(file: string, contents: Contents): void {
  const database = new DatabaseSync(file);
  try {
    migrate(database);
    mergeContents(database, contents);
  } finally {
    database.close();
  }
}

/** With the journal that belongs to it: SQLite would take it for the next file's. */
function putAside(file: string): string {
  const dated = file.replace(/\.sqlite$/, `-damaged-${dateForName(Date.now())}`);
  let aside = `${dated}.sqlite`;
  for (let attempt = 2; existsSync(aside); attempt++) aside = `${dated}-${attempt}.sqlite`;
  for (const suffix of ['-wal', '-shm', '']) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  return aside;
}
