// An async function is called, and awaited later.
async function makeTea(): Promise<void> {
  console.log('kettle on');
  await Promise.resolve();
  console.log('tea ready');
}

// #region call
const tea = makeTea();
console.log('table laid');
await tea;
console.log('cups filled');
// #endregion
