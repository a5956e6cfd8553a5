// Adds 1 to the number in a file, in two steps.
import { readFileSync, writeFileSync } from 'node:fs';

const [file = ''] = process.argv.slice(2);
let number = 0;
process.on('message', (step) => {
  if (step === 'read') number = Number(readFileSync(file, 'utf8'));
  else writeFileSync(file, String(++number));
  process.send?.(number);
});
