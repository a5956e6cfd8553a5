// Two timers. The first one leaves something in both queues.
// #region timers
setTimeout(() => {
  console.log('timer 1');
  queueMicrotask(() => console.log('microtask'));
  process.nextTick(() => console.log('nextTick'));
}, 0);
setTimeout(() => console.log('timer 2'), 0);
// #endregion
