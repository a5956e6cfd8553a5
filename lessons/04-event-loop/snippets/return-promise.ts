// Two functions that differ in one word.
const done = Promise.resolve();

async function plain(): Promise<void> {
  return done;
}

async function awaited(): Promise<void> {
  return await done;
}

// #region call
void plain().then(() => console.log('plain'));
void awaited().then(() => console.log('awaited'));
// #endregion
