// A callback throws, and another one is still to come.
// #region throw
setTimeout(() => console.log('still here'), 1_000);
try {
  setTimeout(() => {
    throw new RangeError('there is no seat 14');
  }, 0);
} catch {
  console.log('caught');
}
// #endregion
