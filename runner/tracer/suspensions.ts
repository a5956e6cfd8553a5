// Where async functions were suspended, by the callback in which that happened. Pure. That they go on is a callback of its own.
import { nameText, type PathView } from './trace-words.ts';
import type { Trace } from './trace.ts';

/** By the callback's number; places at which it happened more than once are counted. */
export type Suspensions = ReadonlyMap<number, readonly { readonly text: string; readonly times: number }[]>;

export function suspensionsOf({ tasks, steps }: Trace, paths: PathView): Suspensions {
  const suspensions = new Map<number, { readonly text: string; times: number }[]>();
  for (const step of steps) {
    const task = step.kind === 'schedule' ? tasks[step.task] : undefined;
    if (task?.kind !== 'microtask' || task.parent === null || !task.label.startsWith('await')) continue;
    const text = nameText(task.label, task.scheduled, paths);
    const known = suspensions.get(task.parent) ?? [];
    const same = known.find((one) => one.text === text);
    if (same) same.times += 1;
    else suspensions.set(task.parent, [...known, { text, times: 1 }]);
  }
  return suspensions;
}
