// The learner's side of an async exploration that is graded: what runs in the subject. A question holds all that this side has
// heard since the beginning of a run; the module is made anew, hears it again, and the last thing that it says is the answer.
// It shares its process with code that may do anything, so what it tells is only ever taken for what that code does.
import { importable } from '../guest/kit-modules.ts';
import { Modules, Refusal } from '../guest/modules.ts';
import { placesOfError, placesOnStack } from '../guest/places-on-stack.ts';
import type { Place } from '../engine/operation.ts';
import { thrownText } from '../thrown-text.ts';
import { watchAwaits, type Awaits } from './awaits.ts';
import type { Heard, Told } from './dialogue.ts';
import { LearnerRun } from './learner-run.ts';
import { makeAsyncRealm, type AsyncRealm } from './realm.ts';

export type OpenedLearner =
  /** the module's exports: numbers of functions begin with 1, in this order */
  | { readonly kind: 'opened'; readonly functions: readonly string[]; readonly values: readonly string[] }
  | { readonly kind: 'refusal'; readonly reason: string; readonly file: string; readonly line: number };

export class Learner {
  readonly #file: string;
  readonly #stage: string;
  readonly #realm: AsyncRealm;
  readonly #modules: Modules;
  #run: LearnerRun | undefined;

  /**
   * @param file of the module, absolute
   * @param stage the folder that files are named from
   */
  constructor(file: string, stage: string) {
    this.#file = file;
    this.#stage = `${stage}/`;
    const run = (): LearnerRun => {
      if (!this.#run) throw new Refusal('a timer cannot be set while a module is imported', file, 0);
      return this.#run;
    };
    this.#realm = makeAsyncRealm({
      refuse: (reason) => this.#refuse(reason),
      printed: () => {},
      setTimer: (fire, ms, kind) => run().setTimer(fire, ms, kind === 'immediate'),
      clearTimer: (number) => run().clearTimer(number),
    });
    this.#modules = new Modules({
      realm: this.#realm.context,
      within: stage,
      pass: () => this.#run?.pass(),
      refuse: (reason) => this.#refuse(reason),
      elsewhere: (specifier) => importable(specifier, {}, { refuse: (reason) => this.#refuse(reason) }),
      standIn: () => undefined,
    });
  }

  /** A promise was rejected, and nobody waits for it. */
  unhandled(reason: unknown): void {
    this.#run?.unhandled(reason);
  }

  open(): OpenedLearner {
    try {
      const [functions, values] = namesOf(this.#modules.instantiate(this.#file));
      return { kind: 'opened', functions, values };
    } catch (error) {
      if (error instanceof Refusal)
        return { kind: 'refusal', reason: error.message, file: this.#inStage(error.file), line: error.line };
      const [place] = this.#placesOf(error);
      const reason = `it throws when it is imported: ${thrownText(error)}`;
      return { kind: 'refusal', reason, file: place?.file ?? '', line: place?.line ?? 0 };
    }
  }

  /** Where each task awaits at the end of what was heard. */
  async awaits(heard: readonly Heard[]): Promise<Awaits> {
    const { awaits } = await watchAwaits(
      () => this.#realm.task(),
      () => this.#places(),
      () => this.answer(heard),
    );
    return awaits;
  }

  async answer(heard: readonly Heard[]): Promise<Told> {
    const run = new LearnerRun({
      realm: this.#realm,
      heard,
      places: () => this.#places(),
      placesOf: (error) => this.#placesOf(error),
    });
    this.#run = undefined;
    const outlived = this.#realm.reset();
    if (outlived !== undefined) run.refuse(outlived, undefined);
    const exports = this.#modules.instantiate(this.#file);
    const [functions] = namesOf(exports);
    run.border.membrane.keep(exports);
    for (const name of functions) run.border.membrane.keep(exports[name] as object);
    this.#run = run;
    const told = await run.run();
    this.#run = undefined;
    return told;
  }

  #refuse(reason: string): never {
    const [place] = this.#places();
    this.#run?.refuse(reason, place);
    throw new Refusal(reason, place?.file ?? '', place?.line ?? 0);
  }

  #places(): Place[] {
    return this.#named(placesOnStack((file) => this.#modules.has(file)));
  }

  #placesOf(error: unknown): Place[] {
    const { stack } = (typeof error === 'object' && error !== null ? error : {}) as { stack?: unknown };
    return this.#named(placesOfError(typeof stack === 'string' ? stack : '', (file) => this.#modules.has(file)));
  }

  #named(places: readonly Place[]): Place[] {
    return places.slice(0, mostPlaces).map((place) => ({ ...place, file: this.#inStage(place.file) }));
  }

  #inStage(file: string): string {
    return file.startsWith(this.#stage) ? file.slice(this.#stage.length) : file;
  }
}

const mostPlaces = 20;

function namesOf(exports: Readonly<Record<string, unknown>>): [functions: string[], values: string[]] {
  const names = Object.keys(exports);
  const isFunction = (name: string): boolean => typeof exports[name] === 'function';
  return [names.filter(isFunction), names.filter((name) => !isFunction(name))];
}
