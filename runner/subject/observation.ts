// What a subject's threads did, as the operating system counts it: proof of parallel work that needs no stopwatch
// and that a subject cannot forge. Threads are sampled, so one that lives for less than a sample may be missed.
import { hasProc, threadTimes } from './proc.ts';

const sampleEveryMs = 10;

export interface Observation {
  /** CPU that the main thread used, ms */
  readonly mainCpuMs: number;
  /** CPU that threads used which did not exist when the observation began, ms */
  readonly newThreadsCpuMs: number;
  /** how many such threads used at least a tenth of what the busiest one did */
  readonly busyThreads: number;
  /**
   * How many cores the threads together asked for on average while anything ran: (CPU time + time ready and
   * queued) / wall time. It reads 2 for two busy threads on a quiet machine and on a loaded one.
   */
  readonly offered: number;
}

/** Runs `work` and looks at the threads of process `pid` meanwhile. Undefined where the system does not tell. */
export async function observe<T>(
  pid: number,
  work: () => Promise<T>,
): Promise<{ result: T; seen: Observation | undefined }> {
  if (!hasProc) return { result: await work(), seen: undefined };
  const before = new Map(threadTimes(pid).map((times) => [times.tid, times]));
  const latest = new Map(before);
  const start = performance.now();
  const look = (): void => {
    for (const times of threadTimes(pid)) latest.set(times.tid, times);
  };
  const timer = setInterval(look, sampleEveryMs);
  let result: T;
  try {
    result = await work();
  } finally {
    look();
    clearInterval(timer);
  }
  return { result, seen: summary(pid, before, latest, performance.now() - start) };
}

type Times = ReadonlyMap<number, { readonly cpuMs: number; readonly queuedMs: number }>;

function summary(pid: number, before: Times, after: Times, wallMs: number): Observation {
  const used = [...after].map(([tid, times]) => ({
    tid,
    isNew: !before.has(tid),
    cpuMs: times.cpuMs - (before.get(tid)?.cpuMs ?? 0),
    readyMs: times.cpuMs + times.queuedMs - (before.get(tid)?.cpuMs ?? 0) - (before.get(tid)?.queuedMs ?? 0),
  }));
  const fresh = used.filter(({ isNew }) => isNew);
  const most = Math.max(0, ...fresh.map(({ cpuMs }) => cpuMs));
  return {
    mainCpuMs: used.find(({ tid }) => tid === pid)?.cpuMs ?? 0,
    newThreadsCpuMs: fresh.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    busyThreads: fresh.filter(({ cpuMs }) => most > 0 && cpuMs >= most / 10).length,
    offered: wallMs > 0 ? used.reduce((sum, { readyMs }) => sum + readyMs, 0) / wallMs : 0,
  };
}
