// Four words. In which order are they printed?
// #region words
setTimeout(() => console.log('timeout'), 0);
void Promise.resolve().then(() => console.log('promise'));
process.nextTick(() => console.log('nextTick'));
console.log('script');
// #endregion
