// What a subject has running beyond its main thread, seen from outside. Threads are counted by their event loops: a
// thread's name is whatever the learner's code gave it. Processes are found in the tree below the subject, and by its
// token where they have left the tree.
import { allProcesses, commandLine, descendants, eventLoops, hasProc, isAlive, subjectTokens } from './proc.ts';

export type Leftover =
  | { readonly kind: 'worker' }
  | { readonly kind: 'process'; readonly pid: number; readonly command: string };

/** What there was before a subject ran learner code. */
export interface Before {
  readonly loops: number;
  /** of the whole machine: none of them can be a subject's child */
  readonly processes: ReadonlySet<number>;
}

export function lookBefore(pid: number): Before {
  return hasProc ? { loops: eventLoops(pid), processes: new Set(allProcesses()) } : { loops: 0, processes: new Set() };
}

export interface SubjectProcess {
  readonly pid: number;
  readonly token: string;
  readonly before: Before;
}

export function leftovers({ pid, token, before }: SubjectProcess): Leftover[] {
  if (!hasProc) return [];
  const carriers = subjectTokens(before.processes).filter((found) => found.token === token);
  const others = [...new Set([...descendants(pid), ...carriers.map((found) => found.pid)])].filter(
    (other) => other !== pid && isAlive(other),
  );
  const workers = Math.max(0, eventLoops(pid) - before.loops);
  return [
    ...Array.from({ length: workers }, () => ({ kind: 'worker' as const })),
    ...others.map((other) => ({ kind: 'process' as const, pid: other, command: commandLine(other).slice(0, 200) })),
  ];
}
