// The life of a process, as its parent hears of it.
import { spawn } from 'node:child_process';

const child = spawn('node', ['--version']);
child.on('spawn', () => console.log('spawn', child.pid === undefined ? '' : 'with a number'));
child.stdout.once('data', (bytes) => console.log('data', String(bytes).trim()));
child.on('exit', (code, signal) => console.log('exit', code, signal));
child.on('close', (code, signal) => console.log('close', code, signal));
console.log('spawn has returned');
