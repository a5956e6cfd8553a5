// Sends the first message back, and lets go of the channel.
process.once('message', (message) => {
  process.send?.(message);
  process.disconnect();
});
