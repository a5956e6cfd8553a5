// One judgement: a submission, the subjects that run it one after the other, and what ended them. Suites reach it
// through the kit; it knows nothing of vitest. A subject that dies costs the test it died in: the next one gets a
// fresh subject with the same files.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { supportFiles, type Lab, type Limits } from '../course/lab.ts';
import { EndedError, type Ending } from '../subject/endings.ts';
import type { ErrorReport } from '../subject/frames.ts';
import { whereSyntaxBroke } from '../subject/load-failure.ts';
import { placesIn } from '../subject/places.ts';
import type { Spares } from '../subject/spares.ts';
import { Subject } from '../subject/subject.ts';
import { readSubmission, readTree, type Files, type Layer, type Submission } from '../subject/submission.ts';
import { findBrokenSyntax, type BrokenSyntax } from '../subject/syntax-check.ts';
import { thrownBySubject } from '../subject/wire.ts';
import { isBlankSource } from './blank-source.ts';
import { endingWords, placeText, verdictOfEnding, type ShownAs } from './ending-words.ts';
import { failureText, LessonFailure, type Failure } from './failure.ts';
import { leftoverWords } from './leftover-words.ts';
import { inLearnersNames, thrownWords } from './thrown-words.ts';
import type { Proof } from './verdict.ts';

export interface JudgementRequest {
  readonly lab: Lab;
  readonly layers: readonly Layer[];
  /** what the learner calls the place of the files */
  readonly shown: string;
  readonly seed?: string | undefined;
  /** run under Node's debugger, without limits */
  readonly inspect?: boolean | undefined;
}

export interface JudgedProgram {
  /** the learner's files, and the author's over them */
  readonly files: Files;
  /** where the learner's files were read from, absolute */
  readonly origins: ReadonlyMap<string, string>;
  readonly spares: Spares;
  readonly limits: Limits;
}

const driverFile = 'driver.ts';

/** A program that has cost this many tests their time would cost the others theirs. */
const mostAtALimit = 2;

/** What a suite says may hold what the learner's code answered, of any length; the picture of a long schedule has so many. */
const maxMessageCharacters = 16_000;

export class Judgement {
  readonly lab: Lab;
  readonly seed: string;
  /** What ended the subject of a test, by the test's name. */
  readonly endings = new Map<string, Ending>();
  /** What has been proved in a test, by the test's name. */
  readonly proofs = new Map<string, Proof[]>();
  /** The message of a failure for a narrow window, by the test's name, where it is another one. */
  readonly narrow = new Map<string, string>();
  /** Why the submission cannot be run at all, once that is known. */
  unrunnable: Ending | undefined;

  readonly #submission: Submission;
  readonly #support: Files;
  readonly #spares: Spares;
  readonly #inspect: boolean;
  readonly #dead: Promise<void>[] = [];
  readonly #over = new AbortController();
  #subject: Subject | undefined;
  #isCancelled = false;
  readonly #stages: string[] = [];
  #brokenSyntax: Promise<BrokenSyntax | undefined> | undefined;
  #test:
    | {
        readonly name: string;
        readonly limitMs: number;
        readonly died: PromiseWithResolvers<never>;
        release: () => void;
      }
    | undefined;
  #output = '';

  constructor({ lab, layers, shown, seed, inspect = false }: JudgementRequest, spares: Spares) {
    this.lab = lab;
    this.seed = seed ?? randomBytes(12).toString('hex');
    this.#submission = readSubmission(lab, layers, shown);
    const first = lab.files[0] ?? '';
    const support = new Set(supportFiles(lab));
    this.#support = new Map([...readTree(lab.folder)].filter(([name]) => support.has(name)));
    this.#spares = spares;
    this.#inspect = inspect;
    if (this.#submission.kind === 'unusable') this.unrunnable = this.#submission;
    else if (isBlankSource(new TextDecoder().decode(this.#submission.files.get(first)))) {
      this.unrunnable = { kind: 'empty-file', file: first, lab: lab.id };
    }
  }

  readonly shownAs: ShownAs = (file) =>
    this.#submission.kind === 'files' && !this.#support.has(file) ? this.#submission.shownAs(file) : file;

  /** The beginning of what the learner's code printed, all subjects together. */
  get output(): string {
    return this.#output + (this.#subject?.output ?? '');
  }

  /**
   * The subject of the test that runs now, with the learner's module loaded.
   * @throws EndedError when it cannot be loaded
   */
  async subject(): Promise<Subject> {
    if (this.#isCancelled) throw new EndedError({ kind: 'cancelled' });
    if (this.unrunnable) throw new EndedError(this.unrunnable);
    if (!this.#subject?.isAlive) await this.#start();
    const subject = this.#subject as Subject;
    const test = this.#test;
    if (test) {
      void subject.ended.then((ending) => test.died.reject(new EndedError(ending)));
      test.release();
      test.release = this.#inspect ? () => {} : subject.limit(test.limitMs);
    }
    return subject;
  }

  /**
   * Runs the body of one test under its limit.
   * @throws LessonFailure in the lesson's words when the learner's program ended or threw; else what the body threw
   */
  async runTest(name: string, limitMs: number, body: () => Promise<void> | void): Promise<void> {
    const died = Promise.withResolvers<never>();
    died.promise.catch(() => {});
    const test = { name, limitMs, died, release: () => {} };
    this.#test = test;
    let failure: unknown;
    let threw = false;
    try {
      await Promise.race([body(), died.promise]);
    } catch (error) {
      failure = error;
      threw = true;
    } finally {
      test.release();
      this.#test = undefined;
    }
    const unheard = this.#subject?.wire.takeUnheard() ?? 0;
    this.#subject?.wire.takeFunctionsBack();
    // Whatever the body made of it: a program that is gone has not passed.
    const ending = await this.#endingOf(failure);
    if (ending) throw this.#failed(name, ending);
    if (threw) throw await this.#inWords(failure);
    if (unheard > 0) throw new LessonFailure(unheardWords);
  }

  /**
   * What a program of this judgement is made of, for whoever runs it in another way.
   * @throws EndedError when there is nothing to run
   */
  get program(): JudgedProgram {
    if (this.#isCancelled) throw new EndedError({ kind: 'cancelled' });
    if (this.unrunnable) throw new EndedError(this.unrunnable);
    if (this.#submission.kind === 'unusable') throw new EndedError(this.#submission);
    const { files, origins } = this.#submission;
    return { files: new Map([...files, ...this.#support]), origins, spares: this.#spares, limits: this.#limits() };
  }

  /** Keeps what the test that runs now has proved. */
  keepProof(proof: Proof): void {
    const name = this.#test?.name ?? '';
    this.proofs.set(name, [...(this.proofs.get(name) ?? []), proof]);
  }

  /** Keeps what the test that fails now says in a narrow window. */
  keepNarrow(failure: Failure): void {
    this.narrow.set(this.#test?.name ?? '', failureText(failure));
  }

  /** Aborts when the judgement is over. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  /** Why the tests that are left are not worth their time; undefined as long as they are. */
  get whyNotRun(): string | undefined {
    const atALimit = [...this.endings.values()].filter((ending) => verdictOfEnding(ending) === 'timed-out').length;
    return atALimit < mostAtALimit ? undefined : `Not run, because ${atALimit} tests before ran into a limit.`;
  }

  /** What runs now in the subject beyond its main thread, in words. */
  leftovers(): string[] {
    // Under a debugger its own threads run, too.
    return this.#subject?.isAlive && !this.#inspect ? leftoverWords(this.#subject.leftovers()) : [];
  }

  /** Stops whatever runs; every test from here on fails as cancelled. */
  async cancel(): Promise<void> {
    this.#isCancelled = true;
    await this.close();
  }

  async close(): Promise<void> {
    this.#over.abort();
    await this.#retire({ kind: 'cancelled' });
    await Promise.all(this.#dead);
  }

  async #start(): Promise<void> {
    await this.#retire({ kind: 'cancelled' });
    if (this.#isCancelled) throw new EndedError({ kind: 'cancelled' });
    if (this.#submission.kind === 'unusable') throw new EndedError(this.#submission);
    try {
      const subject = this.#inspect ? Subject.boot({ inspect: true }) : this.#spares.take();
      this.#subject = subject;
      subject.onThrown = (error) => this.#failsTheTest(error);
      this.#stages.push(subject.stage.folder);
      await subject.load({
        files: this.#submission.files,
        origins: this.#inspect ? this.#submission.origins : undefined,
        support: this.#support,
        lab: this.lab.files[0] ?? '',
        driver: this.#support.has(driverFile) ? driverFile : null,
        limits: this.#limits(),
      });
    } catch (error) {
      if (!(error instanceof EndedError)) throw error;
      const { ending } = error;
      this.unrunnable ??= ending.kind === 'cancelled' ? undefined : ending;
      throw error;
    }
  }

  #limits(): Limits {
    return this.#inspect
      ? { ...this.lab.limits, loadMs: Number.POSITIVE_INFINITY, memoryMiB: Number.POSITIVE_INFINITY }
      : this.lab.limits;
  }

  async #retire(ending: Ending): Promise<void> {
    const subject = this.#subject;
    if (!subject) return;
    this.#subject = undefined;
    this.#output += subject.output;
    const dead = subject.kill(ending);
    this.#dead.push(dead);
    await dead;
  }

  /** A check inside of a callback fails its test, whatever the learner's code makes of the exception. */
  #failsTheTest(error: unknown): boolean {
    if (!(error instanceof LessonFailure) && (error as Error | undefined)?.name !== 'AssertionError') return false;
    this.#test?.died.reject(error);
    return true;
  }

  /** What ended the program in the test that has just ended, if anything did. */
  async #endingOf(failure: unknown): Promise<Ending | undefined> {
    const known = failure instanceof EndedError ? failure.ending : this.unrunnable;
    const ending = known ?? (this.#subject && !this.#subject.isAlive ? await this.#subject.ended : undefined);
    if (ending?.kind !== 'uncaught') return ending;
    const broken = await this.#broken(ending.error);
    return broken ? { kind: 'syntax-error', error: ending.error, ...broken } : ending;
  }

  #failed(name: string, ending: Ending): LessonFailure {
    this.endings.set(name, ending);
    return new LessonFailure(this.words(ending));
  }

  /** The innermost place on an error's stack, when it is in a file of the learner's. */
  madeAt({ stack = '' }: Error): string | undefined {
    const at = this.#stages.map((stage) => placesIn(stack, stage)[0]).find((place) => place !== undefined);
    return at && !this.#support.has(at.file) ? placeText(at, this.shownAs) : undefined;
  }

  /** What a learner should read about an ending. */
  words(ending: Ending): Failure {
    return this.#named(endingWords(ending, this.shownAs));
  }

  #named({ expected, happened, look }: Failure): Failure {
    const named = (text: string): string => inLearnersNames(text, this.#stages, this.shownAs);
    return {
      ...(expected === undefined ? {} : { expected: named(expected) }),
      happened: named(happened),
      ...(look === undefined ? {} : { look: named(look) }),
    };
  }

  /** An error that learner code threw through a test is a failure of the learner's, said as one. */
  async #inWords(error: unknown): Promise<Error> {
    if (error instanceof Error && !thrownBySubject.has(error)) {
      error.message = inLearnersNames(error.message.slice(0, maxMessageCharacters), this.#stages, this.shownAs);
      // Printing an answer for a difference that nobody shows can take for ever: `{ attributes: { length: 1e9 } }`.
      if (current === this) Object.assign(error, { actual: undefined, expected: undefined, showDiff: false });
      return error;
    }
    if (!(error instanceof Error)) return new LessonFailure(this.#named(thrownWords(error, undefined, this.shownAs)));
    const report = { name: error.name, message: error.message, stack: error.stack ?? '', code: '' };
    const broken = await this.#broken(report);
    if (broken) return new LessonFailure(this.words({ kind: 'syntax-error', error: report, ...broken }));
    const at = placesIn(report.stack, this.#stages.at(-1) ?? '')[0];
    return new LessonFailure(this.#named(thrownWords(error, at, this.shownAs)));
  }

  /** Where the text of a file broke when a syntax error came out of a worker; there it often does not say. */
  async #broken({ name, stack }: ErrorReport): Promise<BrokenSyntax | undefined> {
    const stage = this.#stages.at(-1) ?? '';
    // With lines of the learner's on its stack it was thrown by code that ran.
    if (name !== 'SyntaxError' || this.#submission.kind === 'unusable' || placesIn(stack, stage).length > 0)
      return undefined;
    const { at, excerpt } = whereSyntaxBroke(stack, stage);
    if (at) return { at, excerpt };
    // Once for all tests: it takes its time, and the files stay what they are.
    return (this.#brokenSyntax ??= findBrokenSyntax(this.#submission.files));
  }
}

const unheardWords: Failure = {
  happened: 'A function inside of an answer was called, and nobody waited for what it answers.',
  look: 'what your code returns: plain data, where the test reads it as such. (An author of a suite: await such calls.)',
};

/** The judgement that suites in this process belong to. */
let current: Judgement | undefined;

export function currentJudgement(): Judgement | undefined {
  return current;
}

export function setCurrentJudgement(judgement: Judgement | undefined): void {
  current = judgement;
}

/** Where a lab's files to be judged are when nobody says otherwise: the working copy if there is one, else the starter. */
export function defaultLayers(lab: Lab, workingCopy: string): { layers: Layer[]; shown: string } {
  const first = lab.files[0] ?? '';
  if (existsSync(join(workingCopy, first)))
    return { layers: [{ folder: workingCopy }], shown: join('workspace', lab.lesson, lab.folderName) };
  return { layers: [{ folder: lab.folder, only: lab.files }], shown: join('labs', lab.lesson, lab.folderName) };
}
