// Two prices are added to one total.
let total = 0;

async function add(item: string): Promise<void> {
  total += await priceOf(item);
}

async function priceOf(item: string): Promise<number> {
  return item === 'tea' ? 3 : 4;
}

// #region both
await Promise.all([add('tea'), add('cake')]);
console.log(total);
// #endregion
