// An async exploration as the document of `explore --json`.
import { refusalJson } from '../picture/exploration-json.ts';
import type { ExploredTasks } from './explore-async-file.ts';
import { taskFailureHeadline } from './task-words.ts';
import { scheduleOf, writeTaskToken } from './task-token.ts';
import type { AsyncStep } from './verdict.ts';

export function asyncExplorationJson({ exploration, digest }: ExploredTasks): Record<string, unknown> {
  if (exploration.kind === 'unsupported') return refusalJson(exploration);
  const { effort, bound } = exploration;
  const { states, runs, ms } = effort;
  const failed = exploration.kind === 'failed' ? exploration.failure : undefined;
  return {
    ok: !failed,
    verdict: exploration.kind,
    ...(failed && {
      failure: {
        kind: failed.kind,
        message: taskFailureHeadline(failed),
        preemptions: failed.preemptions,
        steps: failed.steps.map((step, at) => stepJson(step, step.turn === failed.steps[at - 1]?.turn)),
        ...(failed.repeatsFrom !== undefined && { repeatsFrom: failed.repeatsFrom }),
        replay: writeTaskToken({ ...scheduleOf(failed), digest }),
      },
    }),
    // A search that has found something ends there.
    exhaustive: !failed && bound === undefined,
    bound: bound ?? null,
    states,
    runs,
    ms,
  };
}

function stepJson(
  { thread, kind, operation, value, isThrown, places, isPreemption }: AsyncStep,
  isInSameTurn: boolean,
): object {
  return {
    thread,
    operation: kind === 'start' ? 'start' : operation,
    location: kind === 'effect' ? operation.replace(/\(.*$/s, '') : kind,
    value: value ?? null,
    ...(isThrown && { isThrown }),
    file: places[0]?.file ?? '',
    line: places[0]?.line ?? 0,
    preempts: isPreemption,
    ...(isInSameTurn && { isInSameTurn }),
  };
}
