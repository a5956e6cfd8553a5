// Turns of the event loop, as data: who asks for what, and when. It knows nothing of batches.

/** What a callback does, one step after the other. */
export type Step =
  | { readonly does: 'get'; readonly key: Key; readonly loader?: number }
  /** goes on with the inner steps behind so many awaits */
  | { readonly does: 'await'; readonly times: number; readonly steps: readonly Step[] }
  /** sets a tick that does the inner steps */
  | { readonly does: 'tick'; readonly steps: readonly Step[] };

export type Key = number | string;

/** Who calls the callbacks. */
export type Source = 'timer' | 'immediate' | 'read';

/** All keys that the steps ask for, however late. */
export function keysIn(steps: readonly Step[]): Key[] {
  return steps.flatMap((step) => (step.does === 'get' ? [step.key] : keysIn(step.steps)));
}

/** A random turn for these keys, each asked for in some place. */
export function drawTurn(keys: readonly Key[], int: (low: number, high: number) => number, isInTick = false): Step[] {
  const own: Step[] = [];
  const later: Key[] = [];
  for (const key of keys) {
    if (int(0, 2) === 0) own.push({ does: 'get', key });
    else later.push(key);
  }
  // The rest is asked for in two groups, each in a tick or behind awaits. A tick behind an await belongs to nobody.
  const half = int(0, later.length);
  for (const group of [later.slice(0, half), later.slice(half)]) {
    if (group.length === 0) continue;
    const at = int(0, own.length);
    const inTick = int(0, 1) === 0 && !isInTick;
    own.splice(at, 0, inTick ? { does: 'tick', steps: drawTurn(group, int) } : behindAwaits(group, int));
  }
  return own;
}

function behindAwaits([first, ...others]: readonly Key[], int: (low: number, high: number) => number): Step {
  const get: Step[] = first === undefined ? [] : [{ does: 'get', key: first }];
  return { does: 'await', times: int(1, 12), steps: others.length > 0 ? [...get, behindAwaits(others, int)] : get };
}
