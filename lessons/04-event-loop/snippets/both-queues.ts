// Both queues are filled while they are being emptied.
setTimeout(() => {
  // #region fill
  queueMicrotask(() => {
    console.log('M1');
    process.nextTick(() => console.log('T2'));
  });
  queueMicrotask(() => console.log('M2'));
  process.nextTick(() => {
    console.log('T1');
    queueMicrotask(() => console.log('M3'));
  });
  // #endregion
}, 0);
