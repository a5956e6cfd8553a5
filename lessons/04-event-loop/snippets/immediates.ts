// Two immediates. The first one sets a third.
// #region set
setImmediate(() => {
  console.log('A');
  setImmediate(() => console.log('B'));
  process.nextTick(() => console.log('C'));
});
setImmediate(() => console.log('D'));
// #endregion
