// An async scenario of a lab with the learner's module in its place, for a grade: a failure may come from anywhere, a proof only
// from where no learner code runs. So all of the code is explored in one process first, where its microtasks take turns as in
// real life, and what fails there has failed. Where nothing does, the learner's module could have seen to that, so the same is
// explored once more with the two sides apart.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Limits } from '../../course/lab.ts';
import type { Spares } from '../../subject/spares.ts';
import type { Files } from '../../subject/submission.ts';
import { located } from '../located.ts';
import { digestOf } from '../engine/schedule.ts';
import type { Unusable } from '../scenario.ts';
import { Apart, type MissingLabExport } from './apart.ts';
import { CodeProcess, searchLimits } from './code-process.ts';
import type { ExploredTasks } from './explore-async-file.ts';
import { exploreAsync } from './explore-async.ts';
import { defaultAsyncOptions, type AsyncExploration, type AsyncOptions } from './verdict.ts';

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

/** Of one order: apart, each of them is asked for, and replayed with all before it. */
const mostOperations = 200;
const mostMs = 20_000;

/** The processes, which serve one scenario after the other. */
export class AsyncLab {
  readonly #folder: string;
  readonly #authors: ReadonlyMap<string, Uint8Array>;
  readonly #together: CodeProcess;
  readonly #apart: Apart;

  constructor({ folder, lab, files, ...rest }: AsyncLabOptions) {
    this.#folder = folder;
    this.#authors = authorsFiles(folder, lab);
    const all = new Map([...this.#authors, ...files]);
    this.#together = new CodeProcess({ files: all, guest: 'explorer-main.ts', ...rest, limits: searchLimits });
    this.#apart = new Apart({ authors: this.#authors, learners: files, lab, ...rest });
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
    const asked = {
      file: relative(this.#folder, file),
      options: { ...defaultAsyncOptions, mostOperations, mostMs, ...options },
      ...(signal && { signal }),
    };
    const together = await exploreAsync({ ...asked, process: this.#together });
    const outcome =
      together.kind === 'explored' && isNoPass(together.exploration) ? together : await this.#apart.explore(asked);
    const where = (name: string): string => (this.#authors.has(name) ? join(this.#folder, name) : name);
    switch (outcome.kind) {
      case 'unusable':
        return { ...outcome, file: where(outcome.file) };
      case 'silent': {
        const reason = "the author's code does not come back";
        return { kind: 'unusable', reason, file: where(outcome.at?.file ?? ''), line: outcome.at?.line ?? 0 };
      }
      case 'missing-export':
        return outcome;
      case 'explored': {
        const files = outcome.files.filter((name) => this.#authors.has(name)).map(where);
        const digest = digestOf(files.map((path) => readFileSync(path, 'utf8')));
        const exploration = located(outcome.exploration, where);
        const isFoundApart = isPass(together) && exploration.kind === 'failed';
        return { kind: 'explored-tasks', tasks: outcome.tasks, files, digest, exploration, isFoundApart };
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#together.close(), this.#apart.close()]);
  }
}

function isPass(explored: Awaited<ReturnType<typeof exploreAsync>>): boolean {
  return explored.kind === 'explored' && explored.exploration.kind === 'passed';
}

/** It fails, or not every order was tried. Of all else the author's side says what it is. */
function isNoPass(exploration: AsyncExploration): boolean {
  return exploration.kind === 'failed' || (exploration.kind === 'passed' && exploration.bound !== undefined);
}

/** What lies in the lab's folder beside the learner's first file: what a scenario may import. */
function authorsFiles(folder: string, lab: string): Map<string, Uint8Array> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[mc]?[jt]s$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((name) => name !== lab);
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}
