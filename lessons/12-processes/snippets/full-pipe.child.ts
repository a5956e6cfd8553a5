// Writes a megabyte, and tells its parent how far it has come.
import { writeSync } from 'node:fs';

const kilobyte = '.'.repeat(1023) + '\n';
for (let written = 1; written <= 1024; written++) {
  writeSync(1, kilobyte);
  process.send?.(written);
}
process.disconnect?.();
