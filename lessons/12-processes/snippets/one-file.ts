// Two processes add 1 to the number in a file. We say who goes when.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const file = join(tmpdir(), `number-${process.pid}`);
writeFileSync(file, '0');
const [ann, ben] = await Promise.all([startChild(), startChild()]);
// #region steps
console.log('Ann reads', await ask(ann, 'read'));
console.log('Ben reads', await ask(ben, 'read'));
console.log('Ann writes', await ask(ann, 'write'));
console.log('Ben writes', await ask(ben, 'write'));
console.log('the file says', readFileSync(file, 'utf8'));
// #endregion
for (const child of [ann, ben]) child.disconnect();
rmSync(file);

async function startChild(): Promise<ChildProcess> {
  const child = fork(new URL('./one-file.child.ts', import.meta.url), [file]);
  await once(child, 'spawn');
  return child;
}

async function ask(child: ChildProcess, step: 'read' | 'write'): Promise<number> {
  child.send(step);
  const [answer] = await once(child, 'message');
  return answer;
}
