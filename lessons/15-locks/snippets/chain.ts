// A lock for tasks: each waits for the one before it.
class Chain {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(body: () => Promise<T>): Promise<T> {
    const result = this.#last.then(body);
    this.#last = result;
    return result;
  }
}

const chain = new Chain();
// #region both
const tea = chain.run(async () => {
  throw new Error('no tea');
});
const cake = chain.run(async () => 'cake');
const results = await Promise.allSettled([tea, cake]);
for (const { status } of results) console.log(status);
// #endregion
