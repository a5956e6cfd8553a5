// What four waiting processes take, counted in two ways.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';

if (process.send) {
  process.on('message', () => {});
  process.send('waiting');
} else if (existsSync('/proc/self/smaps_rollup')) {
  const children = Array.from({ length: 4 }, () => fork(import.meta.filename));
  await Promise.all(children.map((child) => once(child, 'message')));
  for (const { pid } of children) {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    console.log(`RSS ${megabytes(text, 'Rss')} MB, PSS ${megabytes(text, 'Pss')} MB`);
  }
  for (const child of children) child.disconnect();
} else console.log('This asks Linux which pages are shared.');

function megabytes(text, name) {
  const [, kib] = new RegExp(`^${name}: +(\\d+)`, 'm').exec(text) ?? [];
  return Math.round((Number(kib) * 1024) / 1e6);
}
