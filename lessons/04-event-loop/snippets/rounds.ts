// oxlint-disable unicorn/no-thenable -- one is needed to be measured
// #region rounds
// How many rounds of microtasks go by until an await goes on?
const done = Promise.resolve(42);
const thenable = { then: (use: (value: number) => void) => use(42) };

await print('await 42', () => 42);
await print('await done', () => done);
await print('await thenable', () => thenable);
await print('await f(), which returns 42', async () => 42);
await print('await f(), which returns done', async () => done);
await print('await f(), which returns await done', async () => await done);

async function print(what: string, wait: () => unknown): Promise<void> {
  let rounds = 0;
  let isOver = false;
  function round(): void {
    if (isOver) return;
    rounds++;
    queueMicrotask(round);
  }
  queueMicrotask(round);
  await wait();
  isOver = true;
  console.log(`${rounds}  ${what}`);
}
// #endregion
