// Two children are asked to end. Both are in the middle of something.
import { fork } from 'node:child_process';
import { once } from 'node:events';

const file = new URL('./stop.child.ts', import.meta.url);
for (const way of ['waiting', 'computing']) {
  const child = fork(file, [way]);
  await once(child, 'message');
  const wasSent = child.kill('SIGTERM');
  console.log(`${way}: sent ${wasSent}, killed ${child.killed}, signal ${child.signalCode}`);
  setTimeout(() => child.kill('SIGKILL'), 1000).unref();
  const [code, signal] = await once(child, 'exit');
  console.log(`${way}: exit ${code ?? signal}`);
}
