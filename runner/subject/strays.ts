// Ends what a subject has started, wherever it hangs in the tree: a process that left the group of its parent still
// carries the parent's environment, and in it the subject's token. One that was started with another environment is
// out of reach.
import { hasProc, subjectTokens } from './proc.ts';
import { tokenOwner } from './start-process.ts';

/** Tokens of the subjects of this process that are still wanted. */
const wanted = new Set<string>();

/** More looks than this are not taken: something is then being started faster than it can be stopped. */
const mostLooks = 20;

export function want(token: string): void {
  wanted.add(token);
}

/** Kills every process of a subject of this process that is not wanted any more: this one's, and what came late from earlier ones. */
export function killStrays(token: string): void {
  wanted.delete(token);
  if (!hasProc) return;
  const stopped = new Set<number>();
  // Stopped before they are killed, so that none can start another one while the others are looked for.
  for (let look = 0; look < mostLooks; look += 1) {
    const found = unwanted().filter((pid) => !stopped.has(pid));
    if (found.length === 0) break;
    for (const pid of found) {
      signalQuietly(pid, 'SIGSTOP');
      stopped.add(pid);
    }
  }
  for (const pid of stopped) signalQuietly(pid, 'SIGKILL');
}

function unwanted(): number[] {
  return subjectTokens()
    .filter(({ token }) => tokenOwner(token) === process.pid && !wanted.has(token))
    .map(({ pid }) => pid);
}

/** @param pid below zero: a group */
export function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}
