// What Linux says about processes and threads in /proc: seen from outside, so a subject cannot lie about it (it
// can only hide by leaving the tree and its environment). On other systems each question answers `undefined`.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export const hasProc = process.platform === 'linux';

/** One thread's times: `cpuMs` it ran, `queuedMs` it was ready and another ran in its place. */
export interface ThreadTimes {
  readonly tid: number;
  /** the thread's name as the kernel knows it */
  readonly comm: string;
  readonly cpuMs: number;
  readonly queuedMs: number;
}

/** Documentation/scheduler/sched-stats.rst: `/proc/PID/schedstat` is cpu ns, run-queue wait ns, time slices. */
export function mainThreadTimes(pid: number): { cpuMs: number; queuedMs: number } | undefined {
  return schedstat(`/proc/${pid}/task/${pid}/schedstat`);
}

export function threadTimes(pid: number): ThreadTimes[] {
  return numbersIn(`/proc/${pid}/task`).flatMap((tid) => {
    const times = schedstat(`/proc/${pid}/task/${tid}/schedstat`);
    return times ? [{ tid, comm: read(`/proc/${pid}/task/${tid}/comm`)?.trim() ?? '', ...times }] : [];
  });
}

function schedstat(file: string): { cpuMs: number; queuedMs: number } | undefined {
  const [cpu, queued] = read(file)?.split(' ') ?? [];
  return cpu === undefined || queued === undefined
    ? undefined
    : { cpuMs: Number(cpu) / 1e6, queuedMs: Number(queued) / 1e6 };
}

/** The descendants of a process that are still attached to it, parents first; without the process itself. */
export function descendants(pid: number): number[] {
  const found: number[] = [];
  const open = [pid];
  for (let next = open.pop(); next !== undefined && found.length < 1_000; next = open.pop()) {
    for (const tid of numbersIn(`/proc/${next}/task`)) {
      const children = (read(`/proc/${next}/task/${tid}/children`) ?? '').split(' ').filter(Boolean).map(Number);
      found.push(...children);
      open.push(...children);
    }
  }
  return found;
}

/** Resident memory of the given processes, in MiB; pages that they share are counted for each. */
export function residentMiB(pids: readonly number[]): number {
  let kiB = 0;
  for (const pid of pids) kiB += Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1] ?? 0);
  return kiB / 1024;
}

/** `sleep 1000`, or '' for a process that is gone. */
export function commandLine(pid: number): string {
  return (read(`/proc/${pid}/cmdline`) ?? '').split('\0').filter(Boolean).join(' ');
}

/** How many event loops run in a process: each thread that has one waits in an epoll of its own. */
export function eventLoops(pid: number): number {
  return numbersIn(`/proc/${pid}/fd`).filter((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`) === 'anon_inode:[eventpoll]';
    } catch {
      return false;
    }
  }).length;
}

/** The environment variable by which whatever a subject leaves behind is found again, wherever it hangs in the tree. */
export const tokenName = 'INTERLEAVE_SUBJECT';

/** The ids of all processes. */
export function allProcesses(): number[] {
  return numbersIn('/proc');
}

/**
 * Every process that carries a subject's token.
 * @param except processes that are known to carry none, and are not looked at
 */
export function subjectTokens(except?: ReadonlySet<number>): { pid: number; token: string }[] {
  return allProcesses().flatMap((pid) => {
    if (except?.has(pid)) return [];
    const found = environment(pid, except === undefined ? 0 : mostLooks)
      ?.split('\0')
      .find((variable) => variable.startsWith(`${tokenName}=`));
    return found ? [{ pid, token: found.slice(tokenName.length + 1) }] : [];
  });
}

/** A millisecond lies between two. */
const mostLooks = 10;

/** Between two programs, in the middle of an exec, a process has no environment for a moment. */
function environment(pid: number, looks: number): string | undefined {
  const found = read(`/proc/${pid}/environ`);
  if (found !== '' || looks === 0 || !isAlive(pid)) return found;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
  return environment(pid, looks - 1);
}

/** A zombie is not alive: it runs nothing. */
export function isAlive(pid: number): boolean {
  const stat = read(`/proc/${pid}/stat`) ?? '';
  // The name before it is in brackets and may hold any character.
  const state = stat[stat.lastIndexOf(')') + 2];
  return state !== undefined && state !== 'Z' && state !== 'X';
}

function numbersIn(folder: string): number[] {
  try {
    return readdirSync(folder).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
