// The same tips, awaited before the sum is touched.
let tips = 0;

async function amountOf(tip: number): Promise<number> {
  await Promise.resolve();
  return tip;
}

// #region add
async function add(tip: number): Promise<void> {
  const amount = await amountOf(tip);
  tips += amount;
}
// #endregion

await Promise.all([add(3), add(4)]);
console.log(tips);
