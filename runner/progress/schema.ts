// The tables of the progress file, as the steps that lead to them. It knows nothing of who reads or writes them.
import type { DatabaseSync } from 'node:sqlite';

/**
 * Step n leads from version n to n + 1 (PRAGMA user_version). A step that was released is never changed: add one.
 * `lab` is a lab's id (`14.1`), `lesson` a lesson's (`14`), `demo` a demo's (`14/lost-updates`); `at` is milliseconds since
 * 1970; `ms` is how long the run took; `report` is a JSON document; `drill` is a kind of drill (`order`), `is_fixed` whether
 * the level was asked for.
 */
const steps: readonly string[] = [
  `CREATE TABLE attempts (
     id INTEGER PRIMARY KEY, lab TEXT NOT NULL, at INTEGER NOT NULL, verdict TEXT NOT NULL, ms REAL NOT NULL
   ) STRICT;
   CREATE INDEX attempts_by_lab ON attempts (lab, verdict);
   CREATE TABLE hints (lab TEXT PRIMARY KEY, rung INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
   CREATE TABLE solutions_seen (lab TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;`,
  `CREATE TABLE positions (lesson TEXT PRIMARY KEY, anchor TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
   CREATE TABLE answers (
     id INTEGER PRIMARY KEY, lesson TEXT NOT NULL, question TEXT NOT NULL, at INTEGER NOT NULL,
     choice TEXT NOT NULL, is_right INTEGER NOT NULL, is_prediction INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX answers_by_lesson ON answers (lesson);
   CREATE TABLE measurements (
     id INTEGER PRIMARY KEY, demo TEXT NOT NULL, at INTEGER NOT NULL, report TEXT NOT NULL
   ) STRICT;
   CREATE INDEX measurements_by_demo ON measurements (demo);
   CREATE TABLE timings (
     id INTEGER PRIMARY KEY, lab TEXT NOT NULL, at INTEGER NOT NULL, report TEXT NOT NULL
   ) STRICT;
   CREATE INDEX timings_by_lab ON timings (lab);`,
  `CREATE TABLE drills (
     id INTEGER PRIMARY KEY, drill TEXT NOT NULL, seed INTEGER NOT NULL, level INTEGER NOT NULL, at INTEGER NOT NULL,
     is_right INTEGER NOT NULL, is_fixed INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX drills_by_kind ON drills (drill);`,
];

/** The file was made by a later Interleave, whose tables are not known here. */
export class NewerProgress extends Error {
  override name = 'NewerProgress';
}

/**
 * Brings the tables up to date; two processes may do so at once.
 * @throws NewerProgress
 */
export function migrate(database: DatabaseSync): void {
  if (versionOf(database) === steps.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have done it while this one waited for the lock.
    const version = versionOf(database);
    if (version > steps.length) throw new NewerProgress();
    for (const step of steps.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${steps.length}`);
    database.exec('COMMIT');
  } catch (error) {
    // A full disk has ended it already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}
