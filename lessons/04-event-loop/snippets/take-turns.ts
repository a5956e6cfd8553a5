// Two calls of one async function, with awaits that wait for nothing.
async function count(name: string): Promise<void> {
  for (let number = 1; number <= 3; number++) {
    console.log(`${name}${number}`);
    await Promise.resolve();
  }
}

// #region both
await Promise.all([count('a'), count('b')]);
// #endregion
