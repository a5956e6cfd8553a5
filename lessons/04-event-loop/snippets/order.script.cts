// The four lines again. Node loads this file as CommonJS.
setTimeout(() => console.log('timeout'), 0);
void Promise.resolve().then(() => console.log('promise'));
process.nextTick(() => console.log('nextTick'));
console.log('script');
