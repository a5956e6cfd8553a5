// Adds 1 to the number in a file a hundred times, each time under a lock.
import { readFileSync, writeFileSync } from 'node:fs';
import { underLockFile } from './lock-file.module.ts';

const [file = ''] = process.argv.slice(2);
for (let i = 0; i < 100; i++) {
  await underLockFile(`${file}.lock`, () => {
    const number = Number(readFileSync(file, 'utf8'));
    writeFileSync(file, String(number + 1));
  });
}
