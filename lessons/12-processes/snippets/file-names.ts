// A customer names a picture, and two programs are to print the name.
import { exec, execFile } from 'node:child_process';
import { promisify } from 'node:util';

const name = 'cat.png; echo and this was run, too';
// #region both
const byShell = await promisify(exec)(`echo ${name}`);
const direct = await promisify(execFile)('echo', [name]);
// #endregion
console.log('exec:    ', byShell.stdout.trim().split('\n'));
console.log('execFile:', direct.stdout.trim().split('\n'));
