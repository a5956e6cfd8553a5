// The same numbers and letters without threads. Five runs.
import { printTogether } from './two-printers.promises.ts';

for (let run = 0; run < 5; run++) {
  let printed = '';
  const start = performance.now();
  await printTogether((character) => (printed += character));
  console.log(`${printed}  ${(performance.now() - start).toFixed(0)} ms`);
}
