// A program ends, and has left somebody behind who still has a line to say.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('./last-line.child.ts', import.meta.url));
const child = spawn(process.execPath, [file]);
let output = '';
child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
// #region two
child.on('exit', () => console.log('exit: ', output.trim().split('\n')));
child.on('close', () => console.log('close:', output.trim().split('\n')));
// #endregion
