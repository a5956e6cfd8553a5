// A process in which code of tasks runs, and how it is asked: a subject like any other, which can be stopped when it does not
// answer and is told where it stood. What answers there is a guest: a module of this folder.
import { located, withoutStage } from '../located.ts';
import { join } from 'node:path';
import { defaultLimits, type Limits } from '../../course/lab.ts';
import { EndedError, type Ending } from '../../subject/endings.ts';
import { maxFrames } from '../../subject/frames.ts';
import { Spares } from '../../subject/spares.ts';
import type { Subject } from '../../subject/subject.ts';
import type { Files } from '../../subject/submission.ts';
import { GuestEnded } from '../guest-process.ts';
import type { Place } from '../engine/operation.ts';

/** On the stage: what makes the guest's exports those of the subject. */
const entry = 'interleave-async-guest.mjs';

/** Of a process that searches: the orders that wait to be tried, and what is known of the learner's module, fill memory. */
export const searchLimits: Limits = { ...defaultLimits, memoryMiB: 1_024 };

/** It did not answer in its time. */
export interface NoAnswer {
  readonly kind: 'no-answer';
  /** where it stood, with names of the stage */
  readonly places: readonly Place[];
}

export interface CodeProcessOptions {
  /** what is put on its stage */
  readonly files: Files;
  /** the guest: a file of this folder */
  readonly guest: string;
  /** the process's own, else the caller's */
  readonly spares?: Spares;
  readonly limits?: Limits;
}

export class CodeProcess {
  readonly #options: CodeProcessOptions;
  readonly #spares: Spares;
  #subject: Subject | undefined;
  #calls = 0;

  constructor(options: CodeProcessOptions) {
    this.#options = options;
    this.#spares = options.spares ?? new Spares();
  }

  /** False before the first call, after one that was not answered, and when it has said all that a subject may say. */
  get isReady(): boolean {
    return this.#subject?.isAlive === true && this.#calls < maxFrames - 100;
  }

  /** Where a file of the stage lies. */
  readonly path = (name: string): string => join(this.#subject?.stage.folder ?? '', name);

  /** A new process with the guest loaded. @throws GuestEnded */
  async start(): Promise<void> {
    void this.#subject?.kill();
    this.#calls = 0;
    const url = new URL(`./${this.#options.guest}`, import.meta.url).href;
    try {
      this.#subject = this.#spares.take();
      await this.#subject.load({
        files: this.#options.files,
        support: new Map([[entry, new TextEncoder().encode(`export * from ${JSON.stringify(url)};\n`)]]),
        lab: entry,
        driver: null,
        limits: this.#options.limits ?? defaultLimits,
      });
    } catch (error) {
      throw asGuestEnded(error);
    }
  }

  /**
   * Calls an export of the guest.
   * @param limitMs fair time
   * @throws GuestEnded when it ends in any other way than by not answering
   */
  async call(name: string, args: readonly unknown[], limitMs: number): Promise<{ readonly value: unknown } | NoAnswer> {
    const subject = this.#subject;
    if (!subject) throw new Error('nothing is started');
    this.#calls += 1;
    const release = subject.limit(limitMs);
    try {
      return { value: this.#inNames(await subject.call('lab', name, args)) };
    } catch (error) {
      const ending: Ending | undefined = error instanceof EndedError ? error.ending : undefined;
      if (ending?.kind !== 'time') throw asGuestEnded(error);
      const { at } = ending.standing.main;
      return { kind: 'no-answer', places: at ? [{ ...at }] : [] };
    } finally {
      release();
    }
  }

  async close(): Promise<void> {
    await this.#subject?.kill();
    if (!this.#options.spares) await this.#spares.close();
  }

  /** Files of the stage go by their names there. */
  #inNames(value: unknown): unknown {
    const prefix = `${this.#subject?.stage.folder ?? ''}/`;
    return located(value, (file) => withoutStage(file, prefix));
  }
}

function asGuestEnded(error: unknown): unknown {
  return error instanceof EndedError ? new GuestEnded(error.ending) : error;
}
