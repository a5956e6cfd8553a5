// An async scenario of a lab with the learner's module in its place, for a grade. The author's code, what effects change, the
// checks and the search are in one process, in which no learner code runs; the learner's module is in another and is asked. The
// caller carries questions and answers between them and believes the first alone.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { located } from '../located.ts';
import { digestOf } from '../schedule.ts';
import type { Unusable } from '../scenario.ts';
import { CodeProcess } from './code-process.ts';
import type { ExploredTasks } from './explore-async-file.ts';
import { exploreAsync } from './explore-async.ts';
import type { LearnerProcess } from './learner-process.ts';
import { defaultAsyncOptions, type AsyncOptions } from './verdict.ts';

export interface AsyncLabScenario {
  /** the scenario, absolute, in the lab's folder */
  readonly file: string;
  /** the learner's first file: the one that the scenario imports */
  readonly lab: string;
  /** where the learner's functions run; stays open */
  readonly learner: LearnerProcess;
  readonly options?: Partial<AsyncOptions>;
  readonly signal?: AbortSignal;
}

/** The scenario asks for an export that the learner's module lacks. */
export interface MissingLabExport {
  readonly kind: 'missing-export';
  readonly name: string;
  readonly exports: readonly string[];
}

/**
 * @returns places in it have the names of the learner's files, and the author's absolute ones
 * @throws GuestEnded when one of the processes ends by itself
 */
export async function exploreAsyncLab(
  scenario: AsyncLabScenario,
): Promise<ExploredTasks | Unusable | MissingLabExport> {
  const { file, lab, learner, signal } = scenario;
  const folder = dirname(file);
  const files = authorsFiles(folder, lab);
  const explored = (
    exploration: ExploredTasks['exploration'],
    tasks: number,
    read: readonly string[] = [file],
  ): ExploredTasks => ({
    kind: 'explored-tasks',
    tasks,
    files: read,
    digest: digestOf(read.map((path) => readFileSync(path, 'utf8'))),
    exploration,
  });
  const exports = await learner.open();
  if (exports.kind === 'refusal') return explored({ ...exports, kind: 'unsupported' }, 0);
  const process = new CodeProcess({ files, guest: 'explorer-guest.ts' });
  const where = (name: string): string => (files.has(name) ? join(folder, name) : name);
  try {
    const outcome = await exploreAsync({
      process,
      file: relative(folder, file),
      options: { ...defaultAsyncOptions, ...scenario.options },
      learner: { process: learner, exports, file: lab },
      ...(signal && { signal }),
    });
    switch (outcome.kind) {
      case 'unusable':
        return { ...outcome, file: where(outcome.file) };
      case 'silent': {
        const reason = "the author's code does not come back";
        return { kind: 'unusable', reason, file: where(outcome.at?.file ?? ''), line: outcome.at?.line ?? 0 };
      }
      case 'missing-export':
        return { ...outcome, exports: [...exports.functions, ...exports.values] };
      case 'explored':
        return explored(located(outcome.exploration, where), outcome.tasks, outcome.files.map(where));
    }
  } finally {
    await process.close();
  }
}

/** What lies in the lab's folder beside the learner's first file: what a scenario may import. */
function authorsFiles(folder: string, lab: string): Map<string, Uint8Array> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[mc]?[jt]s$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((name) => name !== lab);
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}
