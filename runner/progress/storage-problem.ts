// Why the progress file cannot be used, said to the learner with what to do next. It knows the codes of SQLite and of
// the file system, and nothing of what is stored.
import { dirname } from 'node:path';
import { NewerProgress } from './schema.ts';

/** Primary result codes of SQLite (https://sqlite.org/rescode.html). */
const sqlite = {
  ok: 0,
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  damaged: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
};

/** The file can be opened, and a page in it is not what it was. */
export class DamagedProgress extends Error {
  override name = 'DamagedProgress';
}

/** Whether an error says that the file's contents are not what they should be; it can be restored then. */
export function isDamage(error: unknown): boolean {
  return (
    error instanceof DamagedProgress || [sqlite.damaged, sqlite.notADatabase].includes(sqliteCode(error) ?? sqlite.ok)
  );
}

/** The low byte is the primary code; the rest says more about the same thing. */
function sqliteCode(error: unknown): number | undefined {
  const { code, errcode } = error as { code?: string; errcode?: number };
  return code === 'ERR_SQLITE_ERROR' ? (errcode ?? 0) & 0xff : undefined;
}

/**
 * Two or three sentences: what is wrong, what it means, what to do.
 * @param error what opening, reading or writing the file threw
 * @param from the first thing that is not saved; left out: nothing is
 * @throws the error itself when it is a bug of ours and not a state of the machine
 */
export function explainStorage(error: unknown, file: string, from?: string): string {
  const [why, next] = reasonAndCure(error, file);
  const since = from === undefined ? '' : `, from ${from} on`;
  return `Your progress is not saved${since}: ${why}. What you do now counts until you leave. Next: ${next}.`;
}

function reasonAndCure(error: unknown, file: string): [why: string, next: string] {
  const folder = dirname(file);
  if (error instanceof NewerProgress)
    return [`${file} was written by a newer Interleave`, 'update the course, or set INTERLEAVE_HOME to another folder'];
  if (error instanceof DamagedProgress) return damaged(file);
  const { code, message } = error as { code?: string; message: string };
  switch (sqliteCode(error) ?? code) {
    case sqlite.damaged:
    case sqlite.notADatabase:
      return damaged(file);
    case sqlite.full:
    case 'ENOSPC':
    case 'EDQUOT':
      return ['the disk is full', 'free some space, then start again'];
    case sqlite.busy:
    case sqlite.locked:
      return [`another program keeps ${file} in use`, 'close it, then start again'];
    case sqlite.readOnly:
    case sqlite.cannotOpen:
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return [`you may not write in ${folder}`, 'make that folder yours, or set INTERLEAVE_HOME to one that is'];
    case sqlite.ioError:
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EIO':
      return [`${folder} is not usable (${message})`, 'look at that folder, or set INTERLEAVE_HOME to another one'];
    default:
      throw error;
  }
}

function damaged(file: string): [why: string, next: string] {
  return [`${file} is damaged`, 'move that file somewhere else; the course then begins a new one'];
}
