// The CPU time of other processes, as Linux counts it: all their threads, those that have ended included.
import { readFileSync } from 'node:fs';
import { descendants, hasProc } from '../subject/proc.ts';

/** The unit of /proc/PID/stat, whatever the kernel's own clock does. */
const tickMs = 10;

/**
 * The CPU time of all processes that a process has started, those included that have ended and were waited for.
 * @returns undefined where the system does not say
 */
export function cpuMsBelow(pid: number): number | undefined {
  if (!hasProc) return undefined;
  const ended = statOf(pid)?.endedMs ?? 0;
  return descendants(pid).reduce((sum, child) => {
    const { ownMs = 0, endedMs = 0 } = statOf(child) ?? {};
    return sum + ownMs + endedMs;
  }, ended);
}

/** @returns undefined for a process that is gone */
function statOf(pid: number): { ownMs: number; endedMs: number } | undefined {
  try {
    return timesIn(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * proc(5): utime and stime are the 14th and the 15th field, those of children that were waited for the 16th and the 17th;
 * the name before them, in brackets, may hold anything.
 */
function timesIn(stat: string): { ownMs: number; endedMs: number } {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15).map(Number);
  return { ownMs: (user + system) * tickMs, endedMs: (endedUser + endedSystem) * tickMs };
}
