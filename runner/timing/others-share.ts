// How much of the machine everybody else took while we measured.
import os from 'node:os';
import type { MachineLoad } from './plan.ts';
import { cpuMsBelow } from './process-cpu.ts';

/**
 * Starts to watch. Reading costs about a millisecond: between samples, never in one.
 * @returns what was taken since; undefined where processes were started and the system does not say what they took
 */
export function watchMachine(): () => MachineLoad | undefined {
  const before = coreTimes();
  const ownBefore = process.cpuUsage();
  const startedBefore = cpuMsBelow(process.pid);
  return () => {
    const now = coreTimes();
    const { user, system } = process.cpuUsage(ownBefore);
    const started = cpuMsBelow(process.pid);
    if (started === undefined && process.getActiveResourcesInfo().includes('ProcessWrap')) return undefined;
    return {
      busyMs: now.busyMs - before.busyMs,
      idleMs: now.idleMs - before.idleMs,
      ownMs: (user + system) / 1_000 + (started ?? 0) - (startedBefore ?? 0),
    };
  };
}

/**
 * The others' part of what the machine could do, from 0 to 1. The system counts its cores in steps of 10 ms and by
 * samples: over a second or two it can be off by 0.1 or more.
 * @returns undefined when no time has passed
 */
export function othersShare({ busyMs, idleMs, ownMs }: MachineLoad): number | undefined {
  const share = (busyMs - ownMs) / (busyMs + idleMs);
  return Number.isFinite(share) ? Math.min(Math.max(share, 0), 1) : undefined;
}

function coreTimes(): { busyMs: number; idleMs: number } {
  let [busyMs, idleMs] = [0, 0];
  for (const { times } of os.cpus()) {
    idleMs += times.idle;
    busyMs += times.user + times.nice + times.sys + times.irq;
  }
  return { busyMs, idleMs };
}
