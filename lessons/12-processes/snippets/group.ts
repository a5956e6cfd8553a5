// A child with a child of its own. Who is gone after a kill?
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('./group.child.ts', import.meta.url));
for (const target of ['child', 'group']) {
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  await once(child.stdout, 'data');
  const closed = once(child, 'close').then(() => 'nobody holds its output');
  const killGroup = () => process.kill(-child.pid!, 'SIGKILL');
  if (target === 'child') child.kill('SIGKILL');
  else killGroup();
  const stillOpen = sleep(1000).then(() => 'somebody holds its output');
  console.log(`killed the ${target}: ${await Promise.race([closed, stillOpen])}`);
  if (target === 'child') killGroup();
}
