// What is still running of what a test has started, wherever it hangs in the tree: known by the TMPDIR that it got.
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Processes (zombies left out) whose environment has this TMPDIR: `123 node judge-main.ts`. Linux only. */
export function processesOf(tmp: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => read(`/proc/${pid}/environ`).split('\0').includes(`TMPDIR=${tmp}`))
    .filter((pid) => !/^\d+ \(.*\) [ZX]/s.test(read(`/proc/${pid}/stat`)))
    .map((pid) => `${pid} ${read(`/proc/${pid}/cmdline`).split('\0').join(' ').trim()}`);
}

/** Waits until nothing of it runs any more. Gives what still does when that takes longer than a loaded machine needs. */
export async function processesLeft(tmp: string, timeoutMs = 20_000): Promise<string[]> {
  const end = performance.now() + timeoutMs;
  for (let left = processesOf(tmp); ; left = processesOf(tmp)) {
    if (left.length === 0 || performance.now() > end) return left;
    await sleep(50);
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
