// Two guests leave a tip; the amounts arrive later.
let tips = 0;

async function amountOf(tip: number): Promise<number> {
  await Promise.resolve();
  return tip;
}

// #region add
async function add(tip: number): Promise<void> {
  tips += await amountOf(tip);
}

await Promise.all([add(3), add(4)]);
console.log(tips);
// #endregion
