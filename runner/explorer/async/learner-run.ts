// One run of the learner's module in its process: from its import to the first thing to which it has heard nothing.
import { MembraneError, type Crossing, type Demand } from '../guest/membrane.ts';
import type { Place } from '../engine/operation.ts';
import { Border, placed } from './border.ts';
import { sumOf, type Answer, type Heard, type Post, type Said, type Settled, type Told } from './dialogue.ts';
import type { AsyncRealm } from './realm.ts';

type Deferred = ReturnType<AsyncRealm['deferred']>;

const interruption = Object.freeze({ name: 'Interruption' });
const changes = 'it does not do the same each time that it hears the same';

export interface Hearing {
  readonly realm: AsyncRealm;
  readonly heard: readonly Heard[];
  readonly places: () => Place[];
  readonly placesOf: (error: unknown) => Place[];
}

export class LearnerRun {
  readonly border: Border;
  readonly #side: Hearing;
  /** What was begun on the other side, by the number of its post. */
  readonly #begun: { readonly task: number; readonly on: Deferred | (() => void) }[] = [];
  #next = 0;
  #posts: Post[] = [];
  #postPlaces: Place[][] = [];
  #told: Told | undefined;
  #sum = 0;
  #isOver = false;
  /** What the code did that ends it; said instead of whatever it would say next. */
  #end: Said['last'] | undefined;
  #endPlaces: readonly Place[] = [];

  constructor(side: Hearing) {
    this.#side = side;
    this.border = new Border({
      realm: side.realm,
      // An author's class is no value that is handed over.
      hasClasses: false,
      demand: (demand, args) => this.#demand(demand, args),
      operationOf: () => -1,
      ownOperation: () => undefined,
      operation:
        (number) =>
        (...args: unknown[]) =>
          this.#post(number, args),
      placesOf: side.placesOf,
    });
  }

  async run(): Promise<Told> {
    for (let heard = this.#hear(); heard; heard = this.#hear()) {
      if (heard.kind === 'answer') this.refuse(changes, undefined);
      else if (heard.kind === 'call') this.#say(this.#invoke(heard));
      else {
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        this.#say({ kind: 'quiet' });
      }
    }
    // What was interrupted comes to rest.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    if (!this.#told) throw new Error('nothing was heard');
    return this.#told;
  }

  pass(): void {
    if (this.#isOver) throw interruption;
  }

  refuse(reason: string, place: Place | undefined): void {
    this.#finish({ kind: 'refusal', reason, file: place?.file ?? '', line: place?.line ?? 0 }, []);
  }

  unhandled(reason: unknown): void {
    this.#finish({ kind: 'unhandled', value: this.#sent(reason) }, this.#side.placesOf(reason));
  }

  setTimer(fire: () => void, ms: number, isImmediate: boolean): number {
    return this.#begin({ kind: 'timer', task: this.#side.realm.task(), isImmediate, ms }, fire);
  }

  clearTimer(post: number): void {
    if (!this.#isOver && typeof this.#begun[post]?.on === 'function') this.#posted({ kind: 'clear', post });
  }

  #post(operation: number, args: readonly unknown[]): Promise<unknown> {
    const { realm } = this.#side;
    const deferred = realm.deferred();
    const sent = args.map((arg) => this.border.membrane.send(arg));
    this.#begin({ kind: 'operation', task: realm.task(), operation, args: sent }, deferred);
    return deferred.promise;
  }

  #begin(post: Exclude<Post, { kind: 'clear' }>, on: Deferred | (() => void)): number {
    this.pass();
    this.#posted(post);
    return this.#begun.push({ task: post.task, on }) - 1;
  }

  #posted(post: Post): void {
    this.#posts.push(post);
    // Whatever it said before the end of what it has heard is known already.
    this.#postPlaces.push(this.#next < this.#side.heard.length ? [] : this.#side.places());
  }

  #demand(demand: Demand, args: readonly Crossing[]): Crossing {
    this.pass();
    this.#say({ kind: 'call', task: this.#side.realm.task(), demand, args });
    for (;;) {
      const heard = this.#hear();
      if (!heard) throw interruption;
      if (heard.kind === 'call') this.#say(this.#invoke(heard));
      else if (heard.kind === 'answer' && !heard.isThrown) return heard.value;
      else if (heard.kind === 'answer') throw placed(this.border.membrane.receive(heard.value), []);
      else {
        this.refuse(changes, undefined);
        throw interruption;
      }
    }
  }

  #invoke({ task, demand, args }: Extract<Heard, { kind: 'call' }>): Answer & { readonly places?: readonly Place[] } {
    return this.#side.realm.runAs(task, () => {
      try {
        return { kind: 'answer', isThrown: false, value: this.border.membrane.fulfil(demand, args) };
      } catch (error) {
        if (error instanceof MembraneError) this.refuse(error.message, undefined);
        return { kind: 'answer', isThrown: true, value: this.#sent(error), places: this.#side.placesOf(error) };
      }
    });
  }

  #hear(): Heard | undefined {
    const heard = this.#isOver ? undefined : this.#side.heard[this.#next];
    if (!heard) {
      this.#isOver = true;
      return undefined;
    }
    this.#next += 1;
    for (const settled of heard.settled) this.#settle(settled);
    return heard;
  }

  #settle(settled: Settled): void {
    if (settled.kind === 'promise') return this.border.hearSettled(settled);
    const begun = this.#begun[settled.number];
    if (!begun) return;
    const { task, on } = begun;
    if (typeof on === 'function') return this.#fire(task, on);
    const value = this.border.membrane.receive(settled.value);
    if (settled.isRejected) on.reject(placed(value, []));
    else on.resolve(value);
  }

  #fire(task: number, timer: () => void): void {
    this.#side.realm.runAs(task, () => {
      try {
        timer();
      } catch (error) {
        this.unhandled(error);
      }
    });
  }

  #say({ places, ...last }: Said['last'] & { readonly places?: readonly Place[] }): void {
    if (this.#isOver) return;
    const { settled, places: settledPlaces } = this.border.takeSettled();
    const said: Said = { posts: this.#posts, settled, last: this.#end ?? (last as Said['last']) };
    const thrownPlaces = [...settledPlaces, this.#end ? this.#endPlaces : (places ?? [])];
    this.#told = { said, postPlaces: this.#postPlaces, thrownPlaces, before: this.#sum };
    this.#sum = sumOf(this.#sum, said);
    this.#posts = [];
    this.#postPlaces = [];
    if (this.#end) this.#isOver = true;
  }

  #finish(end: Said['last'], places: readonly Place[]): void {
    if (this.#isOver) return;
    this.#end ??= end;
    this.#endPlaces = places;
  }

  #sent(value: unknown): Crossing {
    try {
      return this.border.membrane.send(value);
    } catch (error) {
      return ['error', 'TypeError', (error as Error).message, ''];
    }
  }
}
