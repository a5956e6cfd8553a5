// Starts a child, and is killed as soon as the child is at work.
import { fork } from 'node:child_process';

const child = fork(new URL('./orphan.child.ts', import.meta.url));
child.on('message', () => process.kill(process.pid, 'SIGKILL'));
