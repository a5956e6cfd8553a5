// Two processes add 1 to the number in a file. Both read before either writes.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'counter-'));
const file = join(folder, 'counter.txt');
writeFileSync(file, '0');

// #region both
const program = new URL('./add-one.process.ts', import.meta.url);
const children = [fork(program, [file]), fork(program, [file])];
const reports = children.map((child) => once(child, 'message'));
for (const [report] of await Promise.all(reports)) console.log(report);
for (const child of children) child.send('write');
await Promise.all(children.map((child) => once(child, 'exit')));
console.log(`in the file: ${readFileSync(file, 'utf8')}`);
// #endregion
rmSync(folder, { recursive: true });
