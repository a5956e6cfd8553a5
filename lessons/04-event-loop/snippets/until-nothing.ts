// What keeps the loop going, and what does not.
// #region wait
process.on('exit', () => console.log('exit'));
setTimeout(() => console.log('timeout'), 10);
setInterval(() => console.log('tick'), 1_000).unref();
void new Promise(() => {}).then(() => console.log('then'));
// #endregion
