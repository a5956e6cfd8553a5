// Why the progress file cannot be used, said to the learner with what to do next. It knows the codes of SQLite and of
// the file system, and nothing of what is stored.
import { dirname } from 'node:path';
import { NewerProgress } from './schema.ts';

/** Primary result codes of SQLite (https://sqlite.org/rescode.html). */
const sqlite = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  damaged: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
};

/**
 * Two or three sentences: what is wrong, what it means, what to do.
 * @param error what opening, reading or writing the file threw
 * @throws the error itself when it is a bug of ours and not a state of the machine
 */
export function explainStorage(error: unknown, file: string): string {
  const [why, next] = reasonAndCure(error, file);
  return `Your progress is not saved: ${why}. What you do now counts until you leave. Next: ${next}.`;
}

function reasonAndCure(error: unknown, file: string): [why: string, next: string] {
  const folder = dirname(file);
  if (error instanceof NewerProgress)
    return [`${file} was written by a newer Interleave`, 'update the course, or set INTERLEAVE_HOME to another folder'];
  const { code, errcode, message } = error as { code?: string; errcode?: number; message: string };
  // The low byte is the primary code; the rest says more about the same thing.
  const primary = code === 'ERR_SQLITE_ERROR' ? (errcode ?? 0) & 0xff : undefined;
  switch (primary ?? code) {
    case sqlite.damaged:
    case sqlite.notADatabase:
      return [`${file} is damaged`, 'move that file somewhere else; the course then begins a new one'];
    case sqlite.full:
    case 'ENOSPC':
    case 'EDQUOT':
      return ['the disk is full', 'free some space, then start again'];
    case sqlite.busy:
    case sqlite.locked:
      return [`another program keeps ${file} locked`, 'close it, then start again'];
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
