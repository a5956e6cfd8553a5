// A loop keeps looking whether a timer of 10 ms has opened a door.
const door = { isOpen: false };
// #region wait
setTimeout(() => (door.isOpen = true), 10);

const end = performance.now() + 200;
while (!door.isOpen && performance.now() < end);
console.log(door.isOpen ? 'open' : 'shut');
// #endregion
