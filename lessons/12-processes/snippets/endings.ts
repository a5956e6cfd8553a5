// Four ways to end. What does each event say?
import { spawn, type ChildProcess } from 'node:child_process';

// #region four
watch('ends', spawn('node', ['-e', '']));
watch('fails', spawn('node', ['-e', 'process.exit(3)']));
watch('is killed', spawn('node', ['-e', 'process.kill(process.pid, 9)']));
watch('is missing', spawn('no-such-program'));
// #endregion

function watch(name: string, child: ChildProcess): void {
  child.on('error', ({ message }) => console.log(`${name}: error ${message}`));
  child.on('exit', (code, signal) => console.log(`${name}: exit ${code} ${signal}`));
}
