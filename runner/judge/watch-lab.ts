// The loop from a save to a verdict: judges a working copy at once and again at each change of it. A save during a
// run cancels that run and starts the next. It tells what happens as events and knows nothing of terminals.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CourseError } from '../course/course-error.ts';
import type { JudgeClient, JudgeRequest } from './judge-client.ts';
import { watchSaves } from './save-watcher.ts';
import type { TestNews, Verdict } from './verdict.ts';

export type WatchEvent =
  /** the files are being judged; what an earlier run might still have said is void */
  | { readonly kind: 'started' }
  /** a test of this run began or ended */
  | { readonly kind: 'test'; readonly news: TestNews }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  /** the lab is broken or the judge died; the next save tries again */
  | { readonly kind: 'problem'; readonly error: CourseError }
  /** the working copy lacks one of the learner's files; judged again as soon as it is back */
  | { readonly kind: 'vanished'; readonly file: string }
  /** a file was saved and is as it was: what was said of it still holds */
  | { readonly kind: 'same' }
  /** the system does not tell of changes: the folder is looked at twice a second instead */
  | { readonly kind: 'polling' };

export interface LabWatch {
  /** Judges the files as they are now. */
  again(): void;
  /** Stops watching and cancels what runs; no event comes after this. */
  close(): void;
}

export interface WatchedLab {
  /** the working copy, absolute */
  readonly folder: string;
  /** the names that must be there */
  readonly files: readonly string[];
  readonly request: JudgeRequest;
  /** false: the first run waits for a save, or for `again` */
  readonly judgesAtOnce: boolean;
}

export function watchLab(watched: WatchedLab, judge: JudgeClient, onEvent: (event: WatchEvent) => void): LabWatch {
  let current: AbortController | undefined;
  let isClosed = false;
  let hasToldOfPolling = false;

  function start(): void {
    current?.abort();
    current = undefined;
    tellOfPolling();
    const missing = watched.files.find((file) => !existsSync(join(watched.folder, file)));
    if (missing !== undefined) return onEvent({ kind: 'vanished', file: missing });
    const run = new AbortController();
    current = run;
    const tell = (event: WatchEvent): void => {
      if (current === run && !isClosed) onEvent(event);
    };
    tell({ kind: 'started' });
    judge
      .judge(watched.request, { signal: run.signal, onTest: (news) => tell({ kind: 'test', news }) })
      .then((verdict) => {
        if (verdict) tell({ kind: 'verdict', verdict });
      })
      .catch((error: unknown) => {
        // Anything else is a bug of ours and must not pass for the lab's.
        if (!(error instanceof CourseError)) throw error;
        tell({ kind: 'problem', error });
      });
  }

  function tellOfPolling(): void {
    if (!watcher.isPolling || hasToldOfPolling) return;
    hasToldOfPolling = true;
    onEvent({ kind: 'polling' });
  }

  const watcher = watchSaves(watched.folder, watched.files, start, () => onEvent({ kind: 'same' }));
  if (watched.judgesAtOnce) start();
  else tellOfPolling();
  return {
    again: start,
    close() {
      isClosed = true;
      current?.abort();
      watcher.close();
    },
  };
}
