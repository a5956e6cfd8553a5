// Closes its file when it is asked to end, if it gets round to it.
const [way] = process.argv.slice(2);
const clock = setInterval(() => {}, 1000);

process.on('SIGTERM', () => {
  console.log('the file is closed');
  clearInterval(clock);
  process.disconnect?.();
});
process.send?.('the file is open');
if (way === 'computing') for (;;);
