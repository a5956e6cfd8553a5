// Programs for a loop, as data: drawn at random, made smaller, written down in few lines. It knows nothing of the order
// in which their callbacks run.

export interface Callback {
  /** a letter, or `main`; each stands in a program once */
  readonly name: string;
  readonly steps: readonly Step[];
}

/** What a callback does; all of its steps, one after the other. */
export type Step =
  | { readonly does: 'nextTick' | 'queueMicrotask' | 'setImmediate'; readonly callback: Callback }
  | { readonly does: 'setTimeout' | 'read'; readonly ms: number; readonly callback: Callback }
  /** of a timer that may not have been set yet, or have run: then nothing is done, or nothing happens */
  | { readonly does: 'clearTimeout'; readonly of: string }
  | { readonly does: 'block'; readonly ms: number }
  | { readonly does: 'throw' };

export type Kind = Step['does'];

/** A callback that is still growing. */
interface Draft {
  readonly name: string;
  readonly steps: Step[];
}

/** Few and small, so that callbacks meet at the same millisecond. */
const timerMs = [0, 1, 1, 2, 3, 5] as const;
const readMs = [1, 2, 3, 5] as const;
const blockMs = [1, 2, 4, 7] as const;

/**
 * A program of so many steps.
 * @param below gives a random whole number from 0 on that is smaller than its argument
 * @param kinds what its steps are; one that is named twice is drawn twice as often
 */
export function drawProgram(below: (limit: number) => number, kinds: readonly Kind[], size: number): Callback {
  const oneOf = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const main: Draft = { name: 'main', steps: [] };
  const callbacks = [main];
  const timers: Draft[] = [];
  const throwing = new Set<Draft>();
  for (let step = 0; step < size; step += 1) {
    // Half of all go to the first ones, so that many are set by the same callback and meet.
    const parent = below(2) === 0 ? oneOf(callbacks) : oneOf(callbacks.slice(0, 3));
    const does = oneOf(kinds);
    const child = (): Draft => {
      const callback = { name: nameAt(callbacks.length - 1), steps: [] };
      callbacks.push(callback);
      return callback;
    };
    switch (does) {
      case 'setTimeout': {
        const callback = child();
        timers.push(callback);
        parent.steps.push({ does, ms: oneOf(timerMs), callback });
        break;
      }
      case 'read':
        parent.steps.push({ does, ms: oneOf(readMs), callback: child() });
        break;
      case 'clearTimeout':
        // Often by another timer: they may be due in the same phase.
        if (timers.length > 0) oneOf([parent, oneOf(timers)]).steps.push({ does, of: oneOf(timers).name });
        break;
      case 'block':
        parent.steps.push({ does, ms: oneOf(blockMs) });
        break;
      case 'throw':
        throwing.add(parent);
        break;
      default:
        parent.steps.push({ does, callback: child() });
    }
  }
  for (const { steps } of throwing) steps.push({ does: 'throw' });
  return main;
}

function nameAt(index: number): string {
  const letter = String.fromCodePoint(65 + (index % 26));
  return index < 26 ? letter : `${letter}${Math.floor(index / 26)}`;
}

/** Many numbers from an unforeseeable one, for a draw of its own for each would take longer than all else (mulberry32). */
export function numbersFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

/** The callbacks of a program, itself included, as they are written down. */
export function callbacksOf(program: Callback): Callback[] {
  return [program, ...program.steps.flatMap((step) => ('callback' in step ? callbacksOf(step.callback) : []))];
}

/** All programs that are smaller by one change: a step less, a callback's steps in its place, fewer milliseconds. */
export function smallerOnes({ name, steps }: Callback): Callback[] {
  const put = (index: number, ...instead: Step[]): Callback => ({ name, steps: steps.toSpliced(index, 1, ...instead) });
  return steps.flatMap((step, index) => {
    const without = put(index);
    if (!('callback' in step)) {
      const less = step.does === 'block' && step.ms > 1 ? [put(index, { ...step, ms: step.ms - 1 })] : [];
      return [without, ...less];
    }
    const { callback } = step;
    const isSafeToMove = callback.steps.length > 0 && callback.steps.at(-1)?.does !== 'throw';
    return [
      without,
      ...(isSafeToMove ? [put(index, ...callback.steps)] : []),
      ...('ms' in step && step.ms > 1 ? [put(index, { ...step, ms: step.ms - 1 })] : []),
      ...smallerOnes(callback).map((smaller) => put(index, { ...step, callback: smaller })),
    ];
  });
}

/** The same program with the first letters of the alphabet. */
export function renamed(program: Callback): Callback {
  const names = new Map(callbacksOf(program).map(({ name }, index) => [name, index === 0 ? name : nameAt(index - 1)]));
  const nameOf = (name: string): string => names.get(name) ?? name;
  const rename = ({ name, steps }: Callback): Callback => ({
    name: nameOf(name),
    steps: steps.map((step) => {
      if ('callback' in step) return { ...step, callback: rename(step.callback) };
      return 'of' in step ? { ...step, of: nameOf(step.of) } : step;
    }),
  });
  return rename(program);
}

/** The program as lines, one for each callback that does something: `main: nextTick(A), setTimeout(B, 2)`. */
export function programLines(program: Callback): string[] {
  return callbacksOf(program)
    .filter(({ name, steps }) => name === 'main' || steps.length > 0)
    .map(({ name, steps }) => `${name}: ${steps.map(stepText).join(', ') || 'nothing'}`);
}

function stepText(step: Step): string {
  switch (step.does) {
    case 'setTimeout':
      return `setTimeout(${step.callback.name}, ${step.ms})`;
    case 'read':
      return `read(${step.ms}, ${step.callback.name})`;
    case 'clearTimeout':
      return `clearTimeout(${step.of})`;
    case 'block':
      return `block(${step.ms})`;
    case 'throw':
      return 'throw';
    default:
      return `${step.does}(${step.callback.name})`;
  }
}
