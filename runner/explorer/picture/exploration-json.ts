// An exploration as the document of `explore --json`.
import type { ExploredFile } from '../explore-file.ts';
import { failureHeadline } from './failure-words.ts';
import { writeToken } from '../engine/schedule.ts';
import type { Step } from '../engine/verdict.ts';

export function explorationJson({ scenario, exploration }: ExploredFile): Record<string, unknown> {
  if (exploration.kind === 'unsupported') return refusalJson(exploration);
  const { effort, bound, memory } = exploration;
  const { states, runs, ms } = effort;
  if (exploration.kind === 'passed')
    return {
      ok: true,
      verdict: 'passed',
      exhaustive: bound === undefined,
      bound: bound ?? null,
      memory,
      states,
      runs,
      ms,
    };
  const { failure } = exploration;
  return {
    ok: false,
    verdict: 'failed',
    failure: {
      kind: failure.kind,
      message: failureHeadline(failure, scenario),
      preemptions: failure.preemptions,
      steps: failure.steps.map((step) => stepJson(step, scenario)),
      ...(failure.repeatsFrom !== undefined && { repeatsFrom: failure.repeatsFrom }),
      replay: writeToken({ ...failure, memory, digest: scenario.digest }),
    },
    // The search ended with what it found.
    exhaustive: false,
    bound: bound ?? null,
    memory,
    states,
    runs,
    ms,
  };
}

/** What cannot be explored, and why. */
export function refusalJson({ reason, file, line }: Refused): Record<string, unknown> {
  return { ok: false, verdict: 'unsupported', reason, file, line, exhaustive: false, states: 0, ms: 0 };
}

interface Refused {
  readonly reason: string;
  /** absolute; '' when there is no place to name */
  readonly file: string;
  readonly line: number;
}

function stepJson(step: Step, { layout }: ExploredFile['scenario']): Record<string, unknown> {
  const { thread, kind, operation, result, after, places, isPreemption, sleeps, woken } = step;
  const isRead = operation.name === 'read' || operation.name === 'load';
  return {
    thread,
    operation: kind === 'operation' ? operation.name : kind,
    location: layout.nameOf(operation.cell),
    value: plain(isRead ? result : after),
    result: plain(result),
    file: places[0]?.file ?? '',
    line: places[0]?.line ?? 0,
    preempts: isPreemption,
    ...(sleeps && { sleeps }),
    ...(woken.length > 0 && { woken }),
  };
}

/** What JSON cannot say is said in a text. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
    return Object.is(value, -0) ? '-0' : String(value);
  return value ?? null;
}
