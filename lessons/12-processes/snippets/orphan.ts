// A parent is killed. What becomes of its child?
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('./orphan.parent.ts', import.meta.url));
const parent = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
parent.stdout.on('data', (text) => console.log(String(text).trim()));
parent.on('exit', (_code, signal) => console.log('the parent has ended:', signal));
