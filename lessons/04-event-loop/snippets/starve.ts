// For 100 ms each callback hands over the next. When does the timer run?
// #region three
console.log('queueMicrotask', await timerBeside(queueMicrotask));
console.log('nextTick', await timerBeside(process.nextTick));
console.log('setImmediate', await timerBeside(setImmediate));
// #endregion

async function timerBeside(handOver: HandOver): Promise<string> {
  const start = performance.now();
  const passed = () => performance.now() - start;
  const timer = new Promise<number>((ran) => {
    setTimeout(() => ran(passed()), 0);
  });
  function again(): void {
    if (passed() < 100) handOver(again);
  }
  again();
  return `timer after ${(await timer).toFixed(0)} ms`;
}

type HandOver = (callback: () => void) => void;
