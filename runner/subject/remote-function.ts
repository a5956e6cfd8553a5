// Functions inside of answers, as a suite holds them: calling one asks the subject. A returned object may pose as an
// array or a map with functions of its own, so whether anybody waits for what such a function answers is noted: the
// promise alone is true in every condition.

/** The promise of an answer that knows whether somebody waits for it. */
export class RemoteAnswer extends Promise<unknown> {
  isHeard = false;

  /** What `then` makes of it is a plain promise. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  static to(answer: Promise<unknown>): RemoteAnswer {
    const handed = new RemoteAnswer((resolve, reject) => {
      answer.then(resolve, reject);
    });
    // That nobody waits for it is found out in another way; it is no reason to end the judge.
    void Promise.prototype.then.call(handed, undefined, () => {});
    return handed;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- the promise's own, which says that somebody waits
  override then<A, B>(
    onFulfilled?: ((value: unknown) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.isHeard = true;
    return super.then(onFulfilled, onRejected);
  }
}

/** A function that matchers do not take for one they may call, and that prints as what it is to a reader. */
export function remoteFunction(call: (args: unknown[]) => RemoteAnswer): (...args: unknown[]) => RemoteAnswer {
  const remote = (...args: unknown[]): RemoteAnswer => call(args);
  Object.defineProperty(remote, Symbol.toStringTag, { value: 'AsyncFunction' });
  Object.defineProperty(remote, 'toString', { value: () => '[function]' });
  return remote;
}
