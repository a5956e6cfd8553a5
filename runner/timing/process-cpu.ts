// The CPU time of other processes, as Linux counts it: all their threads, those that have ended included.
import { readFileSync } from 'node:fs';

/** The unit of /proc/PID/stat, whatever the kernel's own clock does. */
const tickMs = 10;

/** @returns undefined where the system does not say */
export function cpuMsOf(pids: readonly number[]): number | undefined {
  try {
    return pids.reduce((sum, pid) => sum + cpuMs(readFileSync(`/proc/${pid}/stat`, 'utf8')), 0);
  } catch {
    return undefined;
  }
}

/** proc(5): utime and stime are the 14th and the 15th; the name before them, in brackets, may hold anything. */
function cpuMs(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}
