// A notify comes before the wait. Is it remembered?
const bell = new Int32Array(new SharedArrayBuffer(4));

console.log('woken:', Atomics.notify(bell, 0));
console.log(Atomics.wait(bell, 0, 0, 1000));

Atomics.store(bell, 0, 1);
console.log('woken:', Atomics.notify(bell, 0));
console.log(Atomics.wait(bell, 0, 0, 1000));
