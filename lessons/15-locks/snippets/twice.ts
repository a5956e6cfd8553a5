// A task holds the lock, and asks for it.
await navigator.locks.request('kitchen', async () => {
  console.log('in the kitchen');
  await navigator.locks.request('kitchen', () => console.log('in it twice'));
});
