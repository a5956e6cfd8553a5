// The learner's side of a graded exploration, from outside: a process that answers questions, and is started again when one of
// them does not come back.
import type { Limits } from '../../course/lab.ts';
import type { Spares } from '../../subject/spares.ts';
import type { Files } from '../../subject/submission.ts';
import { GuestEnded } from '../guest-process.ts';
import type { Place } from '../engine/operation.ts';
import { arePlaces, isRecord, isRefusal } from '../told-check.ts';
import { CodeProcess } from './code-process.ts';
import type { OpenedLearner } from './learner.ts';

/** Fair milliseconds for one question, and for each that is asked with it. */
const answerMs = 1_000;
const moreMs = 30;

/** To a question: what is told, as it came; or where code stood that did not come back. */
export type LearnerAnswer = { readonly told: string } | { readonly hung: readonly Place[] };

export class LearnerProcess {
  readonly #process: CodeProcess;
  readonly #main: string;
  #opened: OpenedLearner | undefined;

  /**
   * @param files what is put on its stage
   * @param main the one of them whose exports are called
   */
  constructor(files: Files, main: string, options: { readonly spares?: Spares; readonly limits?: Limits } = {}) {
    this.#process = new CodeProcess({ files, guest: 'learner-main.ts', ...options });
    this.#main = main;
  }

  /** Starts it where it does not run already. @throws GuestEnded */
  async open(): Promise<OpenedLearner> {
    if (!this.#opened || !this.#process.isReady) this.#opened = await this.#open();
    return this.#opened;
  }

  async #open(): Promise<OpenedLearner> {
    await this.#process.start();
    const { path } = this.#process;
    const answer = await this.#ask('open', [path(this.#main), path('')], answerMs);
    if ('places' in answer) {
      const [place] = answer.places;
      const reason = 'it does not come back when it is imported';
      return { kind: 'refusal', reason, file: place?.file ?? this.#main, line: place?.line ?? 0 };
    }
    if (isOpenedLearner(answer.value)) return answer.value;
    return { kind: 'refusal', reason: 'it says of itself what makes no sense', file: this.#main, line: 0 };
  }

  /** @returns in the order of the questions, up to the first that does not come back. @throws GuestEnded when the process ends by itself */
  async answer(questions: readonly (readonly string[])[]): Promise<LearnerAnswer[]> {
    if (!this.#process.isReady) await this.open();
    const answer = await this.#ask('answer', [questions], answerMs + moreMs * questions.length);
    if (!('places' in answer)) {
      const told = Array.isArray(answer.value) ? (answer.value as unknown[]) : [];
      return questions.map((_, index) => ({ told: String(told[index]) }));
    }
    if (questions.length === 1) return [{ hung: answer.places }];
    // One of them it is. Behind that one nobody goes on, so the others are not asked: each may take as long.
    const alone: LearnerAnswer[] = [];
    for (const question of questions) {
      alone.push(...(await this.answer([question])));
      if (alone.some((each) => 'hung' in each)) break;
    }
    return alone;
  }

  /** Where each task awaits when all of this was heard: its own word, to be shown. @throws GuestEnded */
  async awaits(heard: readonly string[]): Promise<ReadonlyMap<number, readonly Place[]>> {
    if (!this.#process.isReady) await this.open();
    const answer = await this.#ask('awaits', [heard], answerMs);
    const pairs = 'places' in answer || !Array.isArray(answer.value) ? [] : (answer.value as unknown[]);
    const isPair = (pair: unknown): pair is [number, readonly Place[]] =>
      Array.isArray(pair) && typeof pair[0] === 'number' && arePlaces(pair[1]);
    return new Map(pairs.filter(isPair));
  }

  /** What it throws is no answer of any shape. */
  async #ask(name: string, args: readonly unknown[], limitMs: number): ReturnType<CodeProcess['call']> {
    try {
      return await this.#process.call(name, args, limitMs);
    } catch (error) {
      if (error instanceof GuestEnded) throw error;
      return { value: undefined };
    }
  }

  close(): Promise<void> {
    return this.#process.close();
  }
}

function isOpenedLearner(value: unknown): value is OpenedLearner {
  if (!isRecord(value)) return false;
  const areTexts = (names: unknown): boolean =>
    Array.isArray(names) && names.every((name) => typeof name === 'string' && name.length < 1_000);
  return value.kind === 'opened'
    ? areTexts(value.functions) && areTexts(value.values)
    : value.kind === 'refusal' && isRefusal(value);
}
