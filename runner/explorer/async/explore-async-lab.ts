// An async scenario of a lab with the learner's module in its place, for a grade. The author's code, what effects change, the
// checks and the search are in one process, in which no learner code runs; the learner's module is in another and is asked. The
// caller carries questions and answers between them and believes the first alone.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Limits } from '../../course/lab.ts';
import type { Spares } from '../../subject/spares.ts';
import type { Files } from '../../subject/submission.ts';
import { located } from '../located.ts';
import { digestOf } from '../engine/schedule.ts';
import type { Unusable } from '../scenario.ts';
import { CodeProcess, searchLimits } from './code-process.ts';
import type { ExploredTasks } from './explore-async-file.ts';
import { exploreAsync } from './explore-async.ts';
import { LearnerProcess } from './learner-process.ts';
import { defaultAsyncOptions, type AsyncOptions } from './verdict.ts';

export interface AsyncLabOptions {
  /** the lab's folder, absolute: scenarios and what they import lie in it */
  readonly folder: string;
  /** the learner's first file: the one that scenarios import */
  readonly lab: string;
  /** what the learner's module is made of, by names below the folder */
  readonly files: Files;
  readonly spares?: Spares;
  readonly limits?: Limits;
}

export interface AsyncLabExploreOptions extends Partial<AsyncOptions> {
  readonly signal?: AbortSignal;
}

/** The scenario asks for an export that the learner's module lacks. */
export interface MissingLabExport {
  readonly kind: 'missing-export';
  readonly name: string;
  readonly exports: readonly string[];
}

/** Of one order: each of them is asked for, and replayed with all before it. */
const mostOperations = 200;
const mostMs = 20_000;

/** The two processes, which serve one scenario after the other. */
export class AsyncLab {
  readonly #options: AsyncLabOptions;
  readonly #files: ReadonlyMap<string, Uint8Array>;
  readonly #author: CodeProcess;
  readonly #learner: LearnerProcess;

  constructor({ folder, lab, files, ...rest }: AsyncLabOptions) {
    this.#options = { folder, lab, files };
    this.#files = authorsFiles(folder, lab);
    this.#author = new CodeProcess({ files: this.#files, guest: 'explorer-main.ts', limits: searchLimits });
    this.#learner = new LearnerProcess(files, lab, rest);
  }

  /**
   * @param file the scenario, absolute
   * @returns places in it have the names of the learner's files, and the author's absolute ones
   * @throws GuestEnded when one of the processes ends by itself
   */
  async explore(
    file: string,
    { signal, ...options }: AsyncLabExploreOptions = {},
  ): Promise<ExploredTasks | Unusable | MissingLabExport> {
    const { folder, lab } = this.#options;
    const exports = await this.#learner.open();
    if (exports.kind === 'refusal') return explored({ ...exports, kind: 'unsupported' }, 0, [file]);
    const outcome = await exploreAsync({
      process: this.#author,
      file: relative(folder, file),
      options: { ...defaultAsyncOptions, mostOperations, mostMs, ...options },
      learner: { process: this.#learner, exports, file: lab },
      ...(signal && { signal }),
    });
    const where = (name: string): string => (this.#files.has(name) ? join(folder, name) : name);
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
  }

  async close(): Promise<void> {
    await Promise.all([this.#author.close(), this.#learner.close()]);
  }
}

function explored(exploration: ExploredTasks['exploration'], tasks: number, files: readonly string[]): ExploredTasks {
  const digest = digestOf(files.map((path) => readFileSync(path, 'utf8')));
  return { kind: 'explored-tasks', tasks, files, digest, exploration };
}

/** What lies in the lab's folder beside the learner's first file: what a scenario may import. */
function authorsFiles(folder: string, lab: string): Map<string, Uint8Array> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[mc]?[jt]s$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((name) => name !== lab);
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}
