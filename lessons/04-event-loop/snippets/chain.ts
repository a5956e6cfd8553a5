// A timer of 0 ms, and a function that waits four times for nothing.
// #region start
setTimeout(() => console.log('timer'), 0);
await chain();
// #endregion

async function chain(): Promise<void> {
  for (let link = 1; link <= 4; link++) {
    await Promise.resolve();
    console.log(`link ${link}`);
  }
}
