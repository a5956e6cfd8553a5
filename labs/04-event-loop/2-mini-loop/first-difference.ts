// The words for the first place where a loop did something else than it should have: what was due, what came instead,
// and which rule of the README decides between the two. It is given the right order and does not find it.
import { madeAt, type Failure } from 'interleave/kit';
import type { Call, Ending, Report, Thrown } from './driver.ts';
import { programLines, type Callback, type Kind } from './programs.ts';

export type Phase = 'main' | 'timers' | 'poll' | 'check';

/** What the right order says of a call beyond its name. */
export interface RightCall extends Call {
  readonly now: number;
  /** what `now` is when it has returned */
  readonly end: number;
  /** the round of the loop, 0 for main, and the phase that it is in */
  readonly round: number;
  readonly phase: Phase;
}

/** How a callback was set, and what became of it. */
export interface Setting {
  readonly queue: Kind | 'run';
  /** the callback that set it */
  readonly by: string;
  /** what `now` was then */
  readonly at: number;
  /** when it is due, or its answer there; when it was set, if nothing has to be waited for */
  readonly ready: number;
  readonly clearedBy: string | undefined;
}

export interface Right {
  readonly calls: readonly RightCall[];
  readonly settings: ReadonlyMap<string, Setting>;
  /** where the clock stands at the end */
  readonly now: number;
}

/** What is wrong about a report, or undefined when nothing is. */
export function firstDifference(program: Callback, right: Right, report: Report): Failure | undefined {
  const { calls, ending } = report;
  const isSame = (call: Call | undefined, other: Call | undefined): boolean =>
    call?.kind === other?.kind && call?.name === other?.name && call?.now === other?.now;
  const ofEnding = wordsOfEnding(ending);
  if (ofEnding) return ofEnding;
  const longest = Math.max(calls.length, right.calls.length);
  const at = Array.from({ length: longest }).findIndex((_, index) => !isSame(calls[index], right.calls[index]));
  if (at === -1) {
    if (ending.kind === 'threw') return withProgram(program, right, report, longest, thrown(ending.error));
    if (report.now === right.now) return undefined;
    return withProgram(program, right, report, longest, {
      expected: `now to be ${right.now} when run returns: nothing happens later`,
      happened: `It is ${report.now}.`,
      look:
        typeof report.now === 'number' && report.now < right.now
          ? 'what moves the clock: block(ms) adds to it at once.'
          : 'what moves the clock. A timer that was cleared does not, nor does one more round with nothing to do.',
    });
  }
  return withProgram(program, right, report, at, differenceAt(right, report, at));
}

function differenceAt(right: Right, { calls, ending }: Report, at: number): Required<Failure> {
  const due = right.calls[at];
  const came = calls[at];
  const said = { due: due && callText(right, due), came: came && callText(right, came) };
  const before = right.calls[at - 1];
  const after = before ? `after ${before.kind === 'error' ? 'onError' : before.name}` : 'first of all';
  const expected = said.due ? `${after}: ${said.due}` : `${after}: nothing more`;
  if (!came) {
    if (ending.kind === 'threw') return { ...thrown(ending.error), expected };
    return {
      expected,
      happened: `run ${ending.kind === 'promised' ? 'returned a promise' : 'returned'}, and ${due?.kind === 'error' ? 'onError' : due?.name} had not been called.`,
      look: lookAtTheEnd(right, due, ending, at),
    };
  }
  const earlier = calls.slice(0, at).find((call) => call.kind === came.kind && call.name === came.name);
  if (earlier) {
    return {
      expected,
      happened: `Your loop called ${came.kind === 'error' ? 'onError' : came.name} a second time.`,
      look: 'when a callback leaves its queue. It has to be out before it is called, whatever it does then.',
    };
  }
  const { clearedBy } = settingOf(right, came) ?? {};
  if (came.kind === 'callback' && clearedBy !== undefined) {
    return {
      expected,
      happened: `Your loop called ${came.name}, a timer that ${clearedBy} had cleared.`,
      look: 'where clearTimeout has to look for a timer. The list of those that run in this phase may have been made before.',
    };
  }
  if (due?.kind === came.kind && due.name === came.name) return wrongTime(right, due, came, before);
  return {
    expected,
    happened: `Your loop called ${said.came}.`,
    look: due ? ruleBetween(right, due, came, at) : 'what is still in your queues, and why.',
  };
}

/** Endings that say more than the calls do. */
function wordsOfEnding(ending: Ending): Failure | undefined {
  if (ending.kind === 'missing') {
    return {
      expected: 'MiniLoop to have all of the methods that the README names',
      happened: `It has no ${ending.methods.join(', no ')}.`,
      look: 'the names of your methods.',
    };
  }
  if (ending.kind !== 'threw' && ending.kind !== 'own error') return undefined;
  const { text, stack } = ending.error;
  const at = stack === undefined ? undefined : madeAt(Object.assign(new Error(text), { stack }));
  if (ending.kind === 'threw' && at === undefined) return undefined;
  if (at !== undefined) {
    return {
      expected: 'your methods to come through their own lines',
      happened: `An exception in your code: ${sentence(text)}`,
      look: `${at}.`,
    };
  }
  return {
    expected: 'onError to get what a callback threw, and nothing else',
    happened: `It was given ${sentence(text)}`,
    look: 'what you hand to onError: the very thing that you have caught.',
  };
}

function thrown(error: Thrown): Required<Failure> {
  return {
    expected: 'run to come to its end',
    happened: `run threw ${sentence(error.text)}`,
    look: 'what stands around the call of a callback. Each may throw: main, a tick and a microtask, too.',
  };
}

function lookAtTheEnd(right: Right, due: RightCall | undefined, ending: Ending, at: number): string {
  if (ending.kind === 'promised')
    return 'the word async. On this clock nothing has to be waited for, so run can do all of its work before it returns.';
  if (due?.kind === 'error') return 'what becomes of an error that you have caught.';
  if (hasThrown(right, at)) return afterAnError;
  switch (due && settingOf(right, due)?.queue) {
    case 'nextTick':
    case 'queueMicrotask':
      return 'how often you look at the two queues behind a callback: what runs there may set more of both. And who calls it: your loop, not that of Node.';
    case 'setTimeout':
    case 'read':
      return 'what has to be empty before run may return: timers, reads and immediates. When all that is left lies in the future, the clock jumps.';
    default:
      return 'what has to be empty before run may return: timers, reads and immediates.';
  }
}

/** The right callback, called at another time. */
function wrongTime(right: Right, due: RightCall, came: Call, before: RightCall | undefined): Required<Failure> {
  const expected = `${callText(right, due)}, when now is ${due.now}`;
  const { now } = came;
  const happened = `now was ${now}.`;
  if (typeof now !== 'number') return { expected, happened, look: 'now: it is a number of milliseconds.' };
  if (!before)
    return {
      expected,
      happened,
      look: 'what outlives a loop: a variable outside of the class, or a static one. Each loop has a clock of its own, which begins with 0.',
    };
  const { queue, ready = 0, at = 0 } = settingOf(right, due) ?? {};
  if (now < before.end)
    return {
      expected,
      happened: `now was ${now}. It should have been ${before.end} already when ${before.name} had returned.`,
      look: 'what moves the clock: block(ms) at once, and a jump, which never leads back. What is overdue runs late, at the time that it is by then.',
    };
  if (queue === 'nextTick' || queue === 'queueMicrotask')
    return { expected, happened, look: behindEach(right, due, right.calls.indexOf(due)) };
  const isEarly = now < due.now;
  const isCountedFromZero = at > 0 && isEarly && now === ready - at;
  const isFromTheFuture = queue === 'setTimeout' && isEarly && ready === due.now;
  if (isCountedFromZero) return { expected, happened, look: countedFrom };
  if (isFromTheFuture) {
    return {
      expected,
      happened,
      look: 'what time it is when a timer runs: its due time at least, and setTimeout(fn, 0) counts as 1 ms.',
    };
  }
  if (queue === 'setImmediate' && !isEarly) return { expected, happened, look: noJump };
  return {
    expected,
    happened,
    look: isEarly
      ? 'when the clock goes on. It jumps to where the next timer is due or the next answer is there, and block(ms) adds to it at once.'
      : `${jump} ${at > 0 ? `And ${countedFrom}` : ''}`.trim(),
  };
}

const countedFrom =
  'from where a time is counted: from the now of the moment in which setTimeout or read is called, after what has been blocked until then.';
const noJump = 'when the clock may jump. While an immediate waits it does not, so what lies in the future has to wait.';
const jump =
  'how far the clock jumps. To whatever is ready first, timer or read, and no further: what is ready later must wait.';
const afterAnError =
  'what your loop does after onError. All goes on as if the callback had returned: its ticks and microtasks, those of others, the phase, and the rounds.';

/** Why `due` comes before `came`. */
function ruleBetween(right: Right, due: RightCall, came: Call, at: number): string {
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

function behindEach(right: Right, due: RightCall, at: number): string {
  if (hasThrown(right, at)) return afterAnError;
  const { by = '' } = settingOf(right, due) ?? {};
  return `what stands between two callbacks. Behind each one, here ${by}, both queues are emptied, before the next one of the phase.`;
}

function settingOf(right: Right, call: Call): Setting | undefined {
  return call.kind === 'callback' ? right.settings.get(call.name) : undefined;
}

/** `B, a timer of A, due at 2`. */
function callText(right: Right, call: Call): string {
  if (call.kind === 'error') return `onError with what ${call.name} threw`;
  const { queue = 'run', by = '', ready = 0 } = settingOf(right, call) ?? {};
  switch (queue) {
    case 'nextTick':
      return `${call.name}, a tick of ${by}`;
    case 'queueMicrotask':
      return `${call.name}, a microtask of ${by}`;
    case 'setTimeout':
      return `${call.name}, a timer of ${by}, due at ${ready} ms`;
    case 'read':
      return `${call.name}, a read of ${by}, answered at ${ready} ms`;
    case 'setImmediate':
      return `${call.name}, an immediate of ${by}`;
    default:
      return call.name;
  }
}

/** The failure with the program, and both orders up to where they part. */
function withProgram(program: Callback, right: Right, report: Report, at: number, failure: Required<Failure>): Failure {
  const upTo = (calls: readonly Call[]): string =>
    calls
      .slice(0, at + 1)
      .map((call) => `${call.kind === 'error' ? `onError(${call.name})` : call.name} ${call.now}`)
      .join(', ');
  const lines = [
    ...programLines(program),
    '',
    `right, with now: ${upTo(right.calls)}`,
    `your loop:       ${upTo(report.calls)}`,
  ];
  return {
    ...failure,
    happened: [failure.happened, '', ...lines.map((line) => (line ? `  ${line}` : '')), ''].join('\n'),
  };
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
