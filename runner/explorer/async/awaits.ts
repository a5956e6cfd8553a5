// Where each task awaits: an await makes a promise, so the last one that a task has made says where it waits, if it does. V8 tells
// of each, which makes all code slow; so this is done only for an order that is shown.
import { promiseHooks } from 'node:v8';
import type { Place } from '../engine/operation.ts';

export type Awaits = ReadonlyMap<number, readonly Place[]>;

/**
 * @param task whose code runs
 * @param places where that stands, innermost first
 * @param run what is watched
 */
export async function watchAwaits<T>(
  task: () => number,
  places: () => Place[],
  run: () => Promise<T>,
): Promise<{ readonly result: T; readonly awaits: Awaits }> {
  const awaits = new Map<number, readonly Place[]>();
  const stop = promiseHooks.onInit(() => {
    const [at, before] = [places(), awaits.get(task()) ?? []];
    // The caller awaits what the called awaits: that is where it stands.
    if (at.length > 0 && !isEndOf(at, before)) awaits.set(task(), at);
  }) as () => void;
  try {
    return { result: await run(), awaits };
  } finally {
    stop();
  }
}

function isEndOf(outer: readonly Place[], inner: readonly Place[]): boolean {
  const offset = inner.length - outer.length;
  return (
    offset > 0 &&
    outer.every(({ file, line }, at) => inner[offset + at]?.file === file && inner[offset + at]?.line === line)
  );
}
