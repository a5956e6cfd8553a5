// From the file of an async scenario to what can be said of it. All of its code, the author's and the learner's, runs in one
// process of its own: fast, and no base for a grade.
import { readFileSync } from 'node:fs';
import { stagedFiles } from '../explore-file.ts';
import { located } from '../located.ts';
import type { Unusable } from '../scenario.ts';
import { digestOf } from '../engine/schedule.ts';
import { CodeProcess, searchLimits } from './code-process.ts';
import { exploreAsync } from './explore-async.ts';
import type { TaskSchedule } from './task-token.ts';
import { defaultAsyncOptions, type AsyncExploration, type AsyncOptions } from './verdict.ts';

export interface AsyncExploreOptions extends Partial<AsyncOptions> {
  /** no search: just this order */
  readonly follow?: TaskSchedule;
  readonly signal?: AbortSignal;
  readonly onProgress?: (states: number) => void;
}

export interface ExploredTasks {
  readonly kind: 'explored-tasks';
  readonly tasks: number;
  /** absolute, the scenario first */
  readonly files: readonly string[];
  /** of these files' texts */
  readonly digest: string;
  /** places in it have absolute files */
  readonly exploration: AsyncExploration;
  /** It fails where the learner's module is in a process of its own, and not where all of the code is in one. */
  readonly isFoundApart?: boolean;
}

/**
 * @param file absolute
 * @param files all that it is made of, absolute
 * @throws GuestEnded when the tasks' process ended by itself
 */
export async function exploreAsyncFile(
  file: string,
  files: readonly string[],
  { follow, signal, onProgress, ...options }: AsyncExploreOptions = {},
): Promise<ExploredTasks | Unusable> {
  const staged = stagedFiles(files);
  const where = (name: string): string => staged.origins.get(name) ?? name;
  const process = new CodeProcess({ files: staged.files, guest: 'explorer-main.ts', limits: searchLimits });
  try {
    const outcome = await exploreAsync({
      process,
      file: staged.names.get(file) ?? '',
      options: { ...defaultAsyncOptions, ...options },
      ...(follow && { follow }),
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    });
    if (outcome.kind === 'missing-export') throw new Error('nothing is elsewhere here');
    if (outcome.kind === 'unusable') return { ...outcome, file: where(outcome.file) };
    if (outcome.kind === 'silent') {
      const { at } = outcome;
      const reason = 'setup, invariant or final does not come back';
      return { kind: 'unusable', reason, file: where(at?.file ?? '') || file, line: at?.line ?? 0 };
    }
    const all = [file, ...files.filter((each) => each !== file)];
    return {
      kind: 'explored-tasks',
      tasks: outcome.tasks,
      files: all,
      digest: digestOf(all.map((path) => readFileSync(path, 'utf8'))),
      exploration: located(outcome.exploration, where),
    };
  } finally {
    await process.close();
  }
}
