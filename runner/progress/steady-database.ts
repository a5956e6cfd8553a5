// The database of the progress file for as long as it can be used, and one in memory with the same contents from the moment
// on at which it cannot: to whoever reads and writes there is always one. It knows nothing of what is kept.
import { DatabaseSync } from 'node:sqlite';
import { type Contents, mergeContents, readContents } from './contents.ts';
import { type OpenFile, backUpNowAndThen, openFile, readOnlyContents } from './progress-file.ts';
import { migrate } from './schema.ts';
import { explainStorage, isDamage } from './storage-problem.ts';

export class SteadyDatabase {
  readonly #path: string;
  /** absent while all is kept in memory */
  #file: OpenFile | undefined;
  #database!: DatabaseSync;
  #problem: string | undefined;

  constructor(path: string) {
    this.#path = path;
    this.#open(false);
  }

  /** What happened to the file; it can turn up, or become another one, at any call. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** false when what is written now is gone when the process ends */
  get isKept(): boolean {
    return this.#file !== undefined;
  }

  /**
   * Reads or writes. A file can go bad after it was opened: the disk fills up, a page turns out to be damaged.
   * @param what is written, in words, for the case that it cannot be kept
   */
  use<Result>(use: (database: DatabaseSync) => Result, what?: string): Result {
    return this.#use(use, what, false);
  }

  backUp(): void {
    this.use((database) => this.#file && backUpNowAndThen(database, this.#path));
  }

  close(): void {
    if (this.#file === undefined && this.#database.isOpen) this.#saveAfterAll();
    this.#file?.close();
    if (this.#database.isOpen) this.#database.close();
  }

  /** Meanwhile somebody may have made room on the disk. */
  #saveAfterAll(): void {
    try {
      const file = openFile(this.#path);
      try {
        mergeContents(file.database, readContents(this.#database));
      } finally {
        file.close();
      }
    } catch {
      // `problem` has told of it.
    }
  }

  #use<Result>(use: (database: DatabaseSync) => Result, what: string | undefined, isSecondTry: boolean): Result {
    if (this.#file === undefined) return use(this.#database);
    try {
      return use(this.#database);
    } catch (error) {
      const contents = readContents(this.#database);
      this.#file.close();
      if (isDamage(error) && !isSecondTry) this.#open(true);
      else this.#goOnInMemory(error, contents, what);
      return this.#use(use, what, true);
    }
  }

  #open(isDamaged: boolean): void {
    try {
      this.#file = openFile(this.#path, isDamaged);
      this.#database = this.#file.database;
      this.#problem = this.#file.restored;
    } catch (error) {
      this.#goOnInMemory(error, readOnlyContents(this.#path));
    }
  }

  #goOnInMemory(error: unknown, contents: Contents, what?: string): void {
    this.#problem = explainStorage(error, this.#path, what);
    this.#file = undefined;
    this.#database = openMemory(contents);
  }
}

function openMemory(contents: Contents): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  migrate(database);
  mergeContents(database, contents);
  return database;
}
