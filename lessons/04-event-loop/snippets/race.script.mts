// A timer of 0 ms and an immediate, both set by the main script.
setTimeout(() => console.log('timeout'), 0);
setImmediate(() => console.log('immediate'));
