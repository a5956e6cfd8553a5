// A child writes a megabyte to its output, and nobody reads it.
import { once } from 'node:events';
import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const file = new URL('./full-pipe.child.ts', import.meta.url);
const child = fork(file, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
let written = 0;
child.on('message', (kilobytes) => (written = Number(kilobytes)));
await once(child, 'message');
await sleep(500);
console.log(`written: ${written} KB, ended: ${child.exitCode !== null}`);

child.stdout?.resume();
const [code] = await once(child, 'close');
console.log(`written: ${written} KB, exit code ${code}`);
