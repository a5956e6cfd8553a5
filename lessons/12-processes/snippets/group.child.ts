// Starts a program that inherits its output and stays.
import { spawn } from 'node:child_process';

const text = `console.log('here'); setInterval(() => {}, 1000);`;
spawn(process.execPath, ['-e', text], { stdio: ['ignore', 'inherit', 'inherit'] });
