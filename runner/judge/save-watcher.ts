// Watches a working copy and says when its files differ from what they were: at the first change of content, with
// no debounce. Editors truncate before they write and rename what they replace, so a file that has just become
// empty or gone gets a moment to come back.
import { createHash } from 'node:crypto';
import { statSync, watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { readTree } from '../subject/submission.ts';

/** A save that is still empty, or a file that is still gone, after this long is meant so. */
const settleMs = 100;
/** What a save leaves behind (its second write, a date that is put right) is no save of its own. */
const aftermathMs = 1_000;
/** Where the system cannot watch (network folders, no watches left) the folder is read this often instead. */
const pollEveryMs = 500;

export interface SaveWatcher {
  /** True when the folder is read again and again, because the system refused to watch it. */
  readonly isPolling: boolean;
  close(): void;
}

/**
 * @param folder absolute; it may be deleted and come back
 * @param files the names that must be there
 * @param onSave called at each change of content
 * @param onSame called when a file was written again and is as it was
 */
export function watchSaves(
  folder: string,
  files: readonly string[],
  onSave: () => void,
  onSame: () => void = () => {},
): SaveWatcher {
  let last = fingerprint(folder, files);
  let reportedAt = -Infinity;
  let settling: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | undefined;
  let isPolling = false;

  function look(): void {
    const now = fingerprint(folder, files);
    clearTimeout(settling);
    if (now.digest === last.digest) {
      const isSaved = now.writtenAt !== last.writtenAt && performance.now() - reportedAt > aftermathMs;
      last = now;
      if (isSaved) onSame();
      return;
    }
    if (now.isWhole) return report(now);
    settling = setTimeout(() => {
      const later = fingerprint(folder, files);
      if (later.digest !== last.digest) report(later);
    }, settleMs);
  }

  function report(now: Fingerprint): void {
    last = now;
    reportedAt = performance.now();
    onSave();
  }

  try {
    // On Linux a recursive watcher says nothing when the system refuses it; a plain one throws.
    watch(folder).close();
    watcher = watch(folder, { recursive: true }, look);
    watcher.on('error', () => {
      isPolling = true;
    });
  } catch {
    isPolling = true;
  }
  // Also beside a watcher: one that watches a folder that was deleted and made again says nothing any more.
  const poll = setInterval(look, pollEveryMs);
  return {
    get isPolling() {
      return isPolling;
    },
    close() {
      watcher?.close();
      clearInterval(poll);
      clearTimeout(settling);
    },
  };
}

export interface Fingerprint {
  readonly digest: string;
  /** the date of the named file that was written last, in milliseconds */
  readonly writtenAt: number;
  /** every named file is there and none is empty */
  readonly isWhole: boolean;
}

export function fingerprint(folder: string, files: readonly string[]): Fingerprint {
  try {
    const tree = readTree(folder);
    const hash = createHash('sha1');
    for (const [name, bytes] of [...tree].sort(([a], [b]) => (a < b ? -1 : 1)))
      hash.update(`${name}\0${bytes.length}\0`).update(bytes);
    return {
      digest: hash.digest('hex'),
      writtenAt: Math.max(
        ...files.map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0),
      ),
      isWhole: files.every((name) => (tree.get(name)?.length ?? 0) > 0),
    };
  } catch {
    return { digest: 'unreadable', writtenAt: 0, isWhole: false };
  }
}
