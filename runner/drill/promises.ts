// Promises as the language's specification has them, on a queue of jobs that somebody else empties: how many turns of that
// queue something takes is what drills ask for, so each step here is one of ECMA-262's, under its name there. It knows
// nothing of event loops and of programs.

/** How a callback came to its end. */
export type Outcome = { readonly kind: 'returned'; readonly value: Settled } | { readonly kind: 'thrown' };

/** What a promise can be resolved with, as far as that matters for the order. */
export type Settled = undefined | ModelPromise | ModelThenable;

export interface ModelThenable {
  readonly kind: 'thenable';
  /** its method; gets the resolving function */
  callThen(resolve: () => void): void;
}

/** What a job is queued on behalf of; whoever looks at the jobs knows what it is. */
type Origin = object;

/** Why a job is in the queue: a callback of the program, or a step between promises in which none of its code runs. */
export type JobKind = 'callback' | 'adopt' | 'pass';

type Handler = () => Outcome;

interface Reaction {
  readonly onFulfilled: Handler | undefined;
  readonly onRejected: Handler | undefined;
  /** what `then` has returned; nobody can see what `await` makes */
  readonly derived?: ModelPromise;
  readonly origin: Origin;
  readonly isAdoption?: boolean;
}

export class ModelPromise {
  readonly kind = 'promise';
  state: 'pending' | 'fulfilled' | 'rejected' = 'pending';
  /** resolved, if only with something that has yet to settle: it listens to nobody else any more */
  isResolved = false;
  /** somebody has called `then` */
  isHandled = false;
  readonly reactions: Reaction[] = [];
}

export class Promises {
  readonly #enqueue: (origin: Origin, kind: JobKind, run: () => void) => void;
  readonly #made: ModelPromise[] = [];

  /** @param enqueue HostEnqueuePromiseJob */
  constructor(enqueue: (origin: Origin, kind: JobKind, run: () => void) => void) {
    this.#enqueue = enqueue;
  }

  make(): ModelPromise {
    const promise = new ModelPromise();
    this.#made.push(promise);
    return promise;
  }

  /** A promise is rejected and nobody has asked for it: Node ends the program when the queues are empty. */
  get hasUnhandled(): boolean {
    return this.#made.some(({ state, isHandled }) => state === 'rejected' && !isHandled);
  }

  /** The resolving functions of a promise: the first call counts. */
  resolve(promise: ModelPromise, value: Settled, origin: Origin): void {
    if (promise.isResolved) return;
    promise.isResolved = true;
    if (value === undefined) return this.#settle(promise, 'fulfilled');
    // NewPromiseResolveThenableJob: its `then` is called in a job of its own, also when it is a promise.
    this.#enqueue(origin, 'adopt', () => {
      if (value.kind === 'thenable') return value.callThen(() => this.#settle(promise, 'fulfilled'));
      this.#performThen(value, {
        onFulfilled: () => returned(this.#settle(promise, 'fulfilled')),
        onRejected: () => returned(this.#settle(promise, 'rejected')),
        origin,
        isAdoption: true,
      });
    });
  }

  reject(promise: ModelPromise): void {
    if (promise.isResolved) return;
    promise.isResolved = true;
    this.#settle(promise, 'rejected');
  }

  /** `promise.then(onFulfilled, onRejected)`; undefined passes on what comes. */
  chain(
    promise: ModelPromise,
    onFulfilled: Handler | undefined,
    onRejected: Handler | undefined,
    origin: Origin,
  ): ModelPromise {
    const derived = this.make();
    this.#performThen(promise, { onFulfilled, onRejected, derived, origin });
    return derived;
  }

  /** `promise.finally(onFinally)`: what its callback returns is waited for, then what was there before is passed on. */
  chainFinally(promise: ModelPromise, onFinally: Handler, origin: Origin): ModelPromise {
    const thenPassOn = (before: Outcome) => (): Outcome => {
      const outcome = onFinally();
      if (outcome.kind === 'thrown') return outcome;
      const waited = this.promiseResolve(outcome.value, origin);
      return returned(this.#passOn(waited, before, origin));
    };
    return this.chain(promise, thenPassOn(returned()), thenPassOn({ kind: 'thrown' }), origin);
  }

  /** `Promise.resolve(value)` */
  promiseResolve(value: Settled, origin: Origin): ModelPromise {
    if (value?.kind === 'promise') return value;
    const promise = this.make();
    this.resolve(promise, value, origin);
    return promise;
  }

  /** `await value`: what comes behind it is a reaction to the promise itself; none is made in between. */
  await(value: Settled, origin: Origin, goOn: (how: Outcome) => void): void {
    this.#performThen(this.promiseResolve(value, origin), {
      onFulfilled: () => returned(goOn(returned())),
      onRejected: () => returned(goOn({ kind: 'thrown' })),
      origin,
    });
  }

  /** Behind a `finally` there is one more promise, which brings back what was there before it. */
  #passOn(waited: ModelPromise, before: Outcome, origin: Origin): ModelPromise {
    const derived = this.make();
    this.#performThen(waited, { onFulfilled: () => before, onRejected: undefined, derived, origin, isAdoption: true });
    return derived;
  }

  #performThen(promise: ModelPromise, reaction: Reaction): void {
    promise.isHandled = true;
    if (promise.state === 'pending') promise.reactions.push(reaction);
    else this.#react(promise, reaction);
  }

  #settle(promise: ModelPromise, state: 'fulfilled' | 'rejected'): void {
    promise.state = state;
    for (const reaction of promise.reactions.splice(0)) this.#react(promise, reaction);
  }

  /** NewPromiseReactionJob */
  #react({ state }: ModelPromise, { onFulfilled, onRejected, derived, origin, isAdoption }: Reaction): void {
    const handler = state === 'fulfilled' ? onFulfilled : onRejected;
    this.#enqueue(origin, isAdoption ? 'adopt' : handler ? 'callback' : 'pass', () => {
      const outcome: Outcome = handler?.() ?? (state === 'fulfilled' ? returned() : { kind: 'thrown' });
      if (!derived) return;
      if (outcome.kind === 'thrown') this.reject(derived);
      else this.resolve(derived, outcome.value, origin);
    });
  }
}

function returned(value?: Settled | void): Outcome {
  return { kind: 'returned', value: value ?? undefined };
}
