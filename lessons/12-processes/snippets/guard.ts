// One file that is both: who starts it by hand is the parent.
import { fork } from 'node:child_process';
import { once } from 'node:events';

if (process.send) {
  process.send(`squares: ${[1, 2, 3].map((number) => number ** 2).join(' ')}`);
} else {
  const child = fork(import.meta.filename);
  const [answer] = await once(child, 'message');
  console.log(answer);
}
