// Where to look: which rule of the README decides between what was due and what came. It is given the right order and
// says nothing of what happened.
import type { Call, Ending } from './driver.ts';
import { callbacksOf, type Callback } from './programs.ts';
import { settingOf, type Phase, type Right, type RightCall, type Setting } from './right-order.ts';

/** When run had ended, and `due` had not been called. */
export function lookAtTheEnd(
  program: Callback,
  right: Right,
  due: RightCall | undefined,
  ending: Ending,
  at: number,
): string {
  if (ending.kind === 'promised')
    return 'the word async. On this clock nothing has to be waited for, so run can do all of its work before it returns.';
  if (due?.kind === 'error') return 'what becomes of an error that you have caught.';
  if (hasThrown(right, at)) return afterAnError;
  const { queue, by = '' } = (due && settingOf(right, due)) ?? {};
  const setter = right.settings.get(by)?.queue;
  const left = setter === queue ? `${whatIsLeft} ${lostWithTheList}` : whatIsLeft;
  switch (queue) {
    case 'nextTick':
    case 'queueMicrotask':
      if (setter !== 'nextTick' && setter !== 'queueMicrotask')
        return `what your loop does when ${by} has returned: behind each callback, main too, both queues are emptied. And who calls what is in them: your loop, not that of Node.`;
      return 'how often you look at the two queues behind a callback: what runs there may set more of both.';
    case 'setTimeout':
      if (clears(program)) return whichTimer;
      return left;
    case 'read':
      return left;
    default: {
      const all = 'what has to be empty before run may return: timers, reads and immediates.';
      return setter === queue ? `${all} ${lostWithTheList}` : all;
    }
  }
}

const whichTimer =
  'which timer clearTimeout takes out. A handle leads to its own timer, also when others have come and gone before, and to none when that one has run.';
const whatIsLeft =
  'what has to be empty before run may return: timers, reads and immediates. When all that is left lies in the future, the clock jumps. And each needs a place of its own: several may be ready at the same millisecond.';
const lostWithTheList = 'What is set while a phase runs must not be lost with the list that the phase has begun with.';

function clears(program: Callback): boolean {
  return callbacksOf(program).some(({ steps }) => steps.some(({ does }) => does === 'clearTimeout'));
}

export const countedFrom =
  'from where a time is counted: from the now of the moment in which setTimeout or read is called, after what has been blocked until then.';
export const noJump =
  'when the clock may jump. While an immediate waits it does not, so what lies in the future has to wait.';
export const jump =
  'how far the clock jumps. To whatever is ready first, timer or read, and no further: what is ready later must wait.';
const afterAnError =
  'what your loop does after onError. All goes on as if the callback had returned: its ticks and microtasks, those of others, the phase, and the rounds.';

/** Why `due` comes before `came`. */
export function ruleBetween(right: Right, due: RightCall, came: Call, at: number): string {
  if (due.kind === 'error')
    return 'what happens at the moment when a callback throws. onError comes before everything else, the ticks too.';
  const [a, b] = [settingOf(right, due), settingOf(right, came)];
  if (!a || !b) return 'what your loop calls. There is no such callback in the program.';
  const isNotReady = b.ready > due.now;
  switch (a.queue) {
    case 'nextTick':
      if (b.queue === 'nextTick') return 'the order of the ticks: first set, first run, and all in one queue.';
      if (b.queue === 'queueMicrotask')
        return 'which of the two queues is emptied first. Ticks go before microtasks, also those that a tick has set.';
      return behindEach(right, due, at);
    case 'queueMicrotask':
      if (b.queue === 'queueMicrotask')
        return 'the order of the microtasks: first set, first run, and all in one queue.';
      if (b.queue === 'nextTick')
        return 'when you go from one queue to the other. Ticks go before microtasks, but a queue that has begun is emptied first: a tick that a microtask sets waits until there is no microtask any more.';
      return behindEach(right, due, at);
    case 'setTimeout':
      if (b.queue === 'setTimeout')
        return 'the order of the timers. The one that is due first runs first; of those due at the same millisecond, the one that was set first.';
      if (b.queue === 'read' && isNotReady) return jump;
      break;
    case 'read':
      if (b.queue === 'read')
        return 'the order of the reads. The answer that is there first comes first; of those there at the same millisecond, the one that was asked for first.';
      if (b.queue === 'setTimeout' && isNotReady) return jump;
      if (b.queue === 'setTimeout' && due.now > (right.calls[at - 1]?.end ?? 0))
        return 'the order of the phases, and where the clock jumps: in the poll phase. So the answers come first, and the timers that are due now in the next round.';
      break;
    case 'setImmediate':
      if (b.queue === 'setImmediate') return 'the order of the immediates: first set, first run.';
      if (isNotReady) return noJump;
      break;
    default:
      return 'what your loop begins with.';
  }
  const before = right.calls[at - 1]?.phase;
  const isStillIn = before === phaseOf[b.queue] && before !== due.phase;
  return isStillIn
    ? 'what belongs to a phase: what is ready when it begins. What is set or becomes ready meanwhile waits for the next round.'
    : 'the order of the phases: timers, poll, check, and then the next round. Each takes all that is ready when it begins, and nothing else.';
}

const phaseOf: Readonly<Partial<Record<Setting['queue'], Phase>>> = {
  setTimeout: 'timers',
  read: 'poll',
  setImmediate: 'check',
};

/** Whether a callback has thrown before that call. */
function hasThrown(right: Right, at: number): boolean {
  return right.calls.slice(0, at).some(({ kind }) => kind === 'error');
}

/** Why `due`, a tick or a microtask, comes before anything else. */
export function behindEach(right: Right, due: RightCall, at: number): string {
  if (hasThrown(right, at)) return afterAnError;
  const { by = '' } = settingOf(right, due) ?? {};
  return `what stands between two callbacks. Behind each one, here ${by}, both queues are emptied, before the next one of the phase.`;
}
