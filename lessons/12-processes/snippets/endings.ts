// Four ways to end. What does each event say?
import { spawn } from 'node:child_process';

// #region four
watch('node', ['-e', '']);
watch('node', ['-e', 'process.exit(3)']);
watch('node', ['-e', 'process.kill(process.pid, "SIGKILL")']);
watch('no-such-program', []);
// #endregion

function watch(command: string, args: readonly string[]): void {
  const child = spawn(command, args);
  const heard: string[] = [];
  child.on('error', ({ message }) => heard.push(`error: ${message}`));
  child.on('exit', (code, signal) => heard.push(`exit: ${code} ${signal}`));
  child.on('close', () => console.log([command, ...args].join(' '), '->', heard.join(', ')));
}
