// Works for a while, and says whose child it is then.
const parent = process.ppid;

process.on('disconnect', () => console.log('the child: the channel is closed'));
process.send?.('at work');
setTimeout(() => {
  console.log('the child: done, another parent:', process.ppid !== parent);
}, 500);
