// Waits for as long as it is told to, says how long that was, and ends.
const start = performance.now();
setTimeout(() => {
  process.send(performance.now() - start);
  process.disconnect();
}, Number(process.argv[2]));
