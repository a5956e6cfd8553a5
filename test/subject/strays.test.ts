// Who is ended with a subject: whatever carries its token, wherever it hangs, and nobody else.
import { spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { hasProc, isAlive, tokenName } from '../../runner/subject/proc.ts';
import { newToken, tokenOwner } from '../../runner/subject/start-process.ts';
import { killStrays, signalQuietly, want } from '../../runner/subject/strays.ts';

/** A process that carries the token, and its child in a session of its own. */
async function carriers(token: string): Promise<number[]> {
  const child = spawn('sh', ['-c', 'setsid sleep 1000 & echo $!; exec sleep 1000'], {
    env: { PATH: process.env.PATH, [tokenName]: token },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const printed = await new Promise<Buffer>((resolve) => child.stdout.once('data', resolve));
  const pids = [child.pid ?? 0, Number(printed)];
  onTestFinished(() => {
    for (const pid of pids) signalQuietly(pid, 'SIGKILL');
  });
  return pids;
}

async function untilGone(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('a token names the judge that made it, and is like no other', () => {
  expect(tokenOwner(newToken())).toBe(process.pid);
  expect(newToken()).not.toBe(newToken());
});

test.runIf(hasProc)('those of one subject are killed; those of another and of another judge live on', async () => {
  const [mine, other] = [newToken(), newToken()];
  want(mine);
  want(other);
  const foreign = `1-${'0'.repeat(32)}`;
  const [doomed, kept, notOurs] = await Promise.all([mine, other, foreign].map(carriers));
  killStrays(mine);
  await untilGone(doomed ?? []);
  expect([...(kept ?? []), ...(notOurs ?? [])].map(isAlive)).toEqual([true, true, true, true]);

  // One that comes late, after its subject was ended, goes with the next.
  const late = await carriers(mine);
  killStrays(other);
  await untilGone([...late, ...(kept ?? [])]);
  expect(notOurs?.map(isAlive)).toEqual([true, true]);
});

test('a signal to nobody is no error', () => {
  signalQuietly(2 ** 30, 'SIGKILL');
});
