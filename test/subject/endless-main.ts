// A judge of the smallest kind: one subject in an endless loop, with a child that has left its group. It says "spinning"
// and waits to be killed.
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultLimits } from '../../runner/course/lab.ts';
import { Subject } from '../../runner/subject/subject.ts';

const source = `
import { spawn } from 'node:child_process';
export function spin() {
  spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });
  for (;;);
}
`;
const subject = Subject.boot();
const files = new Map([['lab.ts', Buffer.from(source)]]);
const limits = { ...defaultLimits, loadMs: 60_000 };
await subject.load({ files, support: new Map(), lab: 'lab.ts', driver: null, limits });
void subject.call('lab', 'spin', []).catch(() => {});
while (subject.leftovers().length === 0) await sleep(5);
process.stdout.write('spinning\n');
