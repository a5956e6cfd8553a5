// The process in which threads' code runs, and how it is asked. It is a subject like any other: it can be stopped when it does
// not answer, and is told where it stood.
import { EndedError, type Ending } from '../subject/endings.ts';
import { maxFrames } from '../subject/frames.ts';
import { Spares } from '../subject/spares.ts';
import type { Subject } from '../subject/subject.ts';
import type { Files } from '../subject/submission.ts';
import { defaultLimits, type Limits } from '../course/lab.ts';
import { located, withoutStage } from './located.ts';
import type { Opened, Question } from './guest/guest.ts';
import type { Told } from './guest/replay.ts';
import type { Outside } from './engine/explore.ts';
import type { Hung } from './engine/program.ts';
import { isOpened, isRefusal, isTold } from './told-check.ts';
import type { Place } from './engine/operation.ts';
import { join } from 'node:path';

/** On the stage: what makes the guest's exports those of the subject. */
const entry = 'interleave-guest.mjs';
const entryText = `export * from ${JSON.stringify(new URL('./guest/guest-main.ts', import.meta.url).href)};\n`;

/** Fair milliseconds for one run of a thread's code; a run takes less than one. */
const runMs = 1_000;

/** A subject may send only so many frames (subject/frames.ts); then it is another one's turn. */
const mostQuestions = maxFrames - 100;

/** It ended, and not because it looped. */
export class GuestEnded extends Error {
  readonly ending: Ending;

  constructor(ending: Ending) {
    super(`the threads' process ended: ${ending.kind}`);
    this.ending = ending;
  }
}

export class GuestProcess {
  readonly #files: Files;
  readonly #main: string;
  readonly #spares: Spares;
  readonly #hasOwnSpares: boolean;
  readonly #limits: Limits;
  #subject: Subject | undefined;
  #questions = 0;
  #opening: Promise<Opened> | undefined;

  /**
   * @param files what is put on its stage
   * @param main the one of them whose exports are called
   */
  constructor(files: Files, main: string, spares?: Spares, limits = defaultLimits) {
    this.#files = files;
    this.#main = main;
    this.#hasOwnSpares = spares === undefined;
    this.#spares = spares ?? new Spares();
    this.#limits = limits;
  }

  /** Starts it and imports the module. @throws GuestEnded */
  open(): Promise<Opened> {
    this.#opening ??= this.#start();
    return this.#opening;
  }

  /**
   * @param memoryBytes how large memory is
   * @throws GuestEnded when it ends in any other way than by not answering
   */
  async ask(question: Question, memoryBytes: number): Promise<Told | Hung> {
    try {
      const subject = await this.#alive();
      const release = subject.limit(runMs);
      try {
        const told = this.#inNames(await subject.call('lab', 'advance', [question]));
        if (!isTold(told, memoryBytes)) throw new GuestEnded({ kind: 'wire', reason: 'an answer that is none' });
        return told;
      } finally {
        release();
      }
    } catch (error) {
      return this.#afterEnd(error);
    }
  }

  /** What was done to memory outside of all runs, by a promise say. @throws GuestEnded */
  async outside(): Promise<Outside | undefined> {
    if (!this.#subject?.isAlive) return undefined;
    try {
      const settled = this.#inNames(await this.#subject.call('lab', 'settle', [])) as {
        refusal?: Record<string, unknown>;
      };
      const { refusal } = settled ?? {};
      return refusal && isRefusal(refusal) ? (refusal as unknown as Outside) : undefined;
    } catch (error) {
      if (error instanceof EndedError) throw new GuestEnded(error.ending);
      throw error;
    }
  }

  /** Spares that were handed in are the owner's. */
  async close(): Promise<void> {
    await this.#subject?.kill();
    if (this.#hasOwnSpares) await this.#spares.close();
  }

  async #alive(): Promise<Subject> {
    this.#questions += 1;
    if (!this.#subject?.isAlive || this.#questions % mostQuestions === 0) {
      this.#opening = undefined;
      await this.open();
    }
    return this.#subject as Subject;
  }

  async #start(): Promise<Opened> {
    void this.#subject?.kill();
    try {
      this.#subject = this.#spares.take();
      await this.#subject.load({
        files: this.#files,
        support: new Map([[entry, new TextEncoder().encode(entryText)]]),
        lab: entry,
        driver: null,
        limits: this.#limits,
      });
      const { folder } = this.#subject.stage;
      const opened = this.#inNames(await this.#subject.call('lab', 'open', [join(folder, this.#main), folder]));
      if (!isOpened(opened)) throw new GuestEnded({ kind: 'wire', reason: 'an answer that is none' });
      return opened;
    } catch (error) {
      if (error instanceof EndedError) throw new GuestEnded(error.ending);
      throw error;
    }
  }

  #afterEnd(error: unknown): Hung {
    if (!(error instanceof EndedError)) throw error;
    const { ending } = error;
    if (ending.kind !== 'time') throw new GuestEnded(ending);
    const { at } = ending.standing.main;
    const places: Place[] = at ? [{ ...at }] : [];
    return { kind: 'hung', places };
  }

  /** Files of the stage go by their names there. */
  #inNames<T>(told: T): T {
    const prefix = `${this.#subject?.stage.folder ?? ''}/`;
    return located(told, (file) => withoutStage(file, prefix));
  }
}
