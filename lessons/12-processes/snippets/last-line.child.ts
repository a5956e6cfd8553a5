// Starts a helper with the same standard output, and ends before it.
import { spawn } from 'node:child_process';

console.log('first line');
const helper = `setTimeout(() => console.log('last line'), 300)`;
spawn('node', ['-e', helper], { stdio: ['ignore', 'inherit', 'inherit'] }).unref();
