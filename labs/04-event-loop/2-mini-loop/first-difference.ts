// The words for the first place where a loop did something else than it should have: what was due, what came instead.
// It is given the right order and does not find it.
import { madeAt, type Failure } from 'interleave/kit';
import type { Call, Ending, Report, Thrown } from './driver.ts';
import { programLines, type Callback } from './programs.ts';
import { settingOf, type Right, type RightCall } from './right-order.ts';
import { behindEach, countedFrom, jump, lookAtTheEnd, noJump, ruleBetween } from './rules.ts';

/** What is wrong about a report, or undefined when nothing is. */
export function firstDifference(program: Callback, right: Right, report: Report): Failure | undefined {
  const { calls, ending } = report;
  const isSame = (call: Call | undefined, other: Call | undefined): boolean =>
    call?.kind === other?.kind &&
    call?.name === other?.name &&
    call?.now === other?.now &&
    call?.during === other?.during;
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
  return withProgram(program, right, report, at, differenceAt(program, right, report, at));
}

function differenceAt(program: Callback, right: Right, { calls, ending }: Report, at: number): Required<Failure> {
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
      look: lookAtTheEnd(program, right, due, ending, at),
    };
  }
  if (came.during !== undefined) {
    return {
      expected: `${came.during} to return before another callback is called`,
      happened: `Your loop called ${came.name} while ${came.during} was still running.`,
      look: 'what your methods do with a callback: they only write it down. Nothing comes between the lines of a callback, neither what it sets nor what waits while it blocks.',
    };
  }
  const earlier = calls.slice(0, at).find((call) => call.kind === came.kind && call.name === came.name);
  if (earlier) {
    return {
      expected,
      happened: `Your loop called ${came.kind === 'error' ? 'onError' : came.name} a second time.`,
      look:
        came.kind === 'error'
          ? 'how often you catch what is thrown once.'
          : 'when a callback leaves its queue. It has to be out before it is called, whatever it does then.',
    };
  }
  const { clearedBy } = settingOf(right, came) ?? {};
  if (came.kind === 'callback' && clearedBy !== undefined) {
    return {
      expected,
      happened: `Your loop called ${came.name}, a timer that ${clearedBy} had cleared.`,
      look:
        right.calls.find(({ kind, name }) => kind === 'callback' && name === clearedBy)?.phase === 'timers'
          ? 'which timer clearTimeout takes out, and from where: the list of those that run in this phase may have been made before.'
          : 'which timer clearTimeout takes out: the one for which setTimeout has returned this handle, whatever the handle is.',
    };
  }
  if (due?.kind === came.kind && due.name === came.name) return wrongTime(right, due, came, before);
  const isLost = due?.kind === 'callback' && ending.kind === 'returned' && calls.every(({ name }) => name !== due.name);
  return {
    expected,
    happened: `Your loop called ${said.came}${isLost ? `, and ${due.name} not at all` : ''}.`,
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
  // What is made where a callback has just thrown was meant for onError.
  const isMeant = ending.kind === 'own error' && ending.untold !== undefined;
  if (at !== undefined && !isMeant) {
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
      look: 'what outlives a loop: a variable outside of the class, or a static one. Each loop has a clock of its own, which begins with 0 and has nothing to do with the time of the machine.',
    };
  const { queue, ready = 0, at = 0 } = settingOf(right, due) ?? {};
  if (!Number.isInteger(now))
    return {
      expected,
      happened,
      look: 'what moves the clock: the jump of the poll phase and block(ms), and nothing else. The time of the machine has nothing to do with it.',
    };
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
      look: `what time it is when a timer runs: its due time at least, and setTimeout(fn, 0) counts as 1 ms.${at > 0 ? ` And ${countedFrom}` : ''}`,
    };
  }
  if (queue === 'setImmediate' && !isEarly) return { expected, happened, look: noJump };
  return {
    expected,
    happened,
    look: isEarly
      ? 'when the clock goes on. It jumps to where the next timer is due or the next answer is there, and block(ms) adds to it at once.'
      : `${jump} And ${countedFrom}`,
  };
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
