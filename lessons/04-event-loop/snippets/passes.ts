// oxlint-disable unicorn/no-thenable -- one is needed to be measured
// #region passes
// How many passes of the microtask queue does an await take?
const done = Promise.resolve(42);
const thenable = { then: (use: (value: number) => void) => use(42) };

await print('await 42', () => 42);
await print('await done', () => done);
await print('await thenable', () => thenable);
await print('await f(), returns 42', async () => 42);
await print('await f(), returns done', async () => done);
await print('await f(), returns await done', async () => await done);

async function print(what: string, wait: () => unknown): Promise<void> {
  let passes = 0;
  let isOver = false;
  function pass(): void {
    if (isOver) return;
    passes++;
    queueMicrotask(pass);
  }
  queueMicrotask(pass);
  await wait();
  isOver = true;
  console.log(`${passes}  ${what}`);
}
// #endregion
