// Two processes add 1 to the number in a file a hundred times each.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'number-'));
const file = join(folder, 'number');
writeFileSync(file, '0');
const child = new URL('./under-lock-file.child.ts', import.meta.url);
await Promise.all([file, file].map((name) => once(fork(child, [name]), 'close')));
console.log('the file says', readFileSync(file, 'utf8'));
rmSync(folder, { recursive: true });
