// Ann and Ben want seat 14. The check stands in a function of its own.
const taken = new Set<number>();
const tickets: string[] = [];

// #region book
async function isFree(seat: number): Promise<boolean> {
  return !taken.has(seat);
}

async function book(seat: number, who: string): Promise<void> {
  if (!(await isFree(seat))) return;
  taken.add(seat);
  tickets.push(`${seat} for ${who}`);
}

await Promise.all([book(14, 'Ann'), book(14, 'Ben')]);
console.log(tickets);
// #endregion
