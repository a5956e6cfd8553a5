// Four words, printed from the callback of a read.
import { readFile } from 'node:fs';

// #region read
readFile(import.meta.filename, () => {
  setTimeout(() => console.log('timeout'), 0);
  setImmediate(() => console.log('immediate'));
  process.nextTick(() => console.log('nextTick'));
  console.log('read');
});
// #endregion
