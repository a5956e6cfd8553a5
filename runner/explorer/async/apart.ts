// An exploration that learner code cannot forge: the author's code, what effects change, the checks and the search are in one
// process, in which no learner code runs; the learner's module is in another and is asked. The caller carries questions and
// answers between them and believes the first alone.
import type { Limits } from '../../course/lab.ts';
import type { Spares } from '../../subject/spares.ts';
import type { Files } from '../../subject/submission.ts';
import { CodeProcess, searchLimits } from './code-process.ts';
import { exploreAsync, type AsyncToExplore } from './explore-async.ts';
import { LearnerProcess } from './learner-process.ts';

export interface ApartOptions {
  /** what the author's code is made of */
  readonly authors: Files;
  /** what the learner's module is made of */
  readonly learners: Files;
  /** the one of these that scenarios import */
  readonly lab: string;
  readonly spares?: Spares;
  readonly limits?: Limits;
}

/** The scenario asks for an export that the learner's module lacks. */
export interface MissingLabExport {
  readonly kind: 'missing-export';
  readonly name: string;
  readonly exports: readonly string[];
}

type Explored = Exclude<Awaited<ReturnType<typeof exploreAsync>>, { kind: 'missing-export' }>;

/** The two processes, which serve one scenario after the other. */
export class Apart {
  readonly #lab: string;
  readonly #author: CodeProcess;
  readonly #learner: LearnerProcess;

  constructor({ authors, learners, lab, ...rest }: ApartOptions) {
    this.#lab = lab;
    this.#author = new CodeProcess({ files: authors, guest: 'explorer-main.ts', limits: searchLimits });
    this.#learner = new LearnerProcess(learners, lab, rest);
  }

  /**
   * @param asked all names are those below the lab's folder
   * @throws GuestEnded when one of the processes ends by itself
   */
  async explore(asked: Pick<AsyncToExplore, 'file' | 'options' | 'signal'>): Promise<Explored | MissingLabExport> {
    const exports = await this.#learner.open();
    if (exports.kind === 'refusal')
      return { kind: 'explored', tasks: 0, files: [asked.file], exploration: { ...exports, kind: 'unsupported' } };
    const learner = { process: this.#learner, exports, file: this.#lab };
    const outcome = await exploreAsync({ ...asked, process: this.#author, learner });
    return outcome.kind === 'missing-export'
      ? { ...outcome, exports: [...exports.functions, ...exports.values] }
      : outcome;
  }

  async close(): Promise<void> {
    await Promise.all([this.#author.close(), this.#learner.close()]);
  }
}
