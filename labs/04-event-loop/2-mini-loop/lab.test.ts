// The suite of lab 04.2. Random programs run on the learner's loop; the right order is computed here, apart from it. It
// stands in this file because a file of its own would lie beside the learner's when those run.
import { stat } from 'node:fs';
import { check, expect, random, subject, test } from 'interleave/kit';
import type * as Driver from './driver.ts';
import { firstDifference } from './first-difference.ts';
import type * as Lab from './lab.ts';
import {
  callbacksOf,
  drawProgram,
  numbersFrom,
  renamed,
  smallerOnes,
  type Callback,
  type Kind,
  type Step,
} from './programs.ts';
import type { Phase, Right, RightCall, Setting } from './right-order.ts';

const programsInATest = 150;
/** Rounds of making a program smaller; each asks the learner's loop once, for all of the smaller ones. */
const mostRounds = 60;

test('microtasks run behind the callback that set them', () => agrees(['queueMicrotask']));

test('the clock jumps to the timer that is due first', () => agrees(['setTimeout']));

test('microtasks run behind each timer', () => agrees(['setTimeout', 'queueMicrotask']));

test('ticks go before microtasks', () =>
  agrees(['nextTick', 'queueMicrotask', 'nextTick', 'queueMicrotask', 'setTimeout']));

test('immediates have a phase of their own', () =>
  agrees(['setImmediate', 'setImmediate', 'setTimeout', 'queueMicrotask']));

test('the poll phase delivers reads', () => agrees(['read', 'read', 'setTimeout', 'setImmediate', 'queueMicrotask']));

test('a callback that blocks holds up all others', () =>
  agrees(['block', 'block', 'setTimeout', 'setTimeout', 'read', 'read', 'read', 'setImmediate'], 20));

test('a timer that was cleared does not run', () =>
  agrees(['setTimeout', 'setTimeout', 'clearTimeout', 'clearTimeout', 'read'], 20));

test('an error goes to onError, and the loop goes on', () =>
  agrees(['throw', 'throw', 'nextTick', 'queueMicrotask', 'setTimeout', 'setImmediate', 'read']));

test('a function may be set more than once', async () => {
  const { driver } = await subject<typeof Lab, typeof Driver>();
  const { int, shuffled } = random();
  const times = int(3, 6);
  for (const queue of ['nextTick', 'queueMicrotask', 'setTimeout', 'read', 'setImmediate'] as const) {
    const { calls, early } = await driver.setAgain(queue, times, []);
    check(early === 0, {
      expected: 'a loop to call what was set on it, and nothing else',
      happened: `While ${times} callbacks waited on a loop (${queue}), another loop ran, and called ${early} of them.`,
      look: 'whom your queues belong to: each loop has its own. A variable outside of the class, or a static one, is shared by all.',
    });
    check(calls === times, {
      expected: `a function that was given to ${queue} ${times} times to be called as often`,
      happened: `It was called ${often(calls)}.`,
      look: 'what your queues hold. A Set or a Map has each function once, however often it is set.',
    });
  }
  const clears = shuffled(Array.from({ length: times }, (_, index) => index)).slice(0, int(1, times - 1));
  const { calls } = await driver.setAgain('setTimeout', times, clears);
  const left = times - clears.length;
  check(calls === left, {
    expected: `one function in ${times} timers, ${clears.length} of them cleared, to be called ${often(left)}`,
    happened: `It was called ${often(calls)}.`,
    look: 'what a handle leads to: its own timer, and not others with the same function.',
  });
});

test('all of it together', () => agrees(allKinds, 24));

test("the order is the one of Node's own loop", async () => {
  const program = drawForNode();
  const onNode = await orderOnNode(program);
  const right = rightOrder(program);
  expect(right.calls.map(({ name }) => name).filter((name) => onNode.includes(name))).toEqual(onNode);
  const [report] = await reportsOf([program]);
  const failure = report && firstDifference(program, right, report);
  check(failure === undefined, () => failure ?? { happened: '' });
});

const often = (times: number): string => (times === 1 ? 'once' : `${times} times`);

const allKinds: readonly Kind[] = [
  'nextTick',
  'queueMicrotask',
  'setTimeout',
  'setTimeout',
  'setImmediate',
  'read',
  'clearTimeout',
  'block',
  'throw',
];

/** Demands the right order for random programs; the smallest one without it is shown. */
async function agrees(kinds: readonly Kind[], size = 14): Promise<void> {
  const below = numbersFrom(random().int(0, 2 ** 31));
  const firstWrong = async (programs: readonly Callback[]): Promise<Callback | undefined> => {
    const reports = await reportsOf(programs);
    return programs.find((program, index) => failureOf(program, reports[index]));
  };
  const failureOf = (program: Callback, report: Driver.Report | undefined) =>
    report && firstDifference(program, rightOrder(program), report);

  let smallest = await firstWrong(
    Array.from({ length: programsInATest }, () => drawProgram(below, kinds, 3 + below(size - 2))),
  );
  if (!smallest) return;
  for (let round = 0; round < mostRounds; round += 1) {
    const smaller = await firstWrong(smallerOnes(smallest));
    if (!smaller) break;
    smallest = smaller;
  }
  const program = renamed(smallest);
  const [report] = await reportsOf([program]);
  const failure = failureOf(program, report);
  check(
    false,
    failure ?? {
      expected: 'the same order whenever the same program runs',
      happened: 'Your loop ran one program in two orders.',
      look: 'what outlives a loop: variables outside of the class, or static ones.',
    },
  );
}

async function reportsOf(programs: readonly Callback[]): Promise<Driver.Report[]> {
  const { driver } = await subject<typeof Lab, typeof Driver>();
  const reports: unknown = JSON.parse(await driver.runAll(JSON.stringify(programs)));
  return reports as Driver.Report[];
}

/** The rules of the README: what is called, in which order, and what the clock says. */
function rightOrder(program: Callback): Right {
  interface Waiting {
    readonly callback: Callback;
    readonly ready: number;
  }
  const calls: RightCall[] = [];
  const settings = new Map<string, Setting>();
  const [ticks, microtasks]: [Callback[], Callback[]] = [[], []];
  let [timers, reads, immediates]: [Waiting[], Waiting[], Waiting[]] = [[], [], []];
  let now = 0;
  let phase: Phase = 'main';

  const set = (callback: Callback, queue: Setting['queue'], by: string, ready = now): Waiting => {
    settings.set(callback.name, { queue, by, at: now, ready, clearedBy: undefined });
    return { callback, ready };
  };
  const byReady = (waiting: Waiting[], next: Waiting): Waiting[] =>
    waiting.toSpliced(waiting.filter(({ ready }) => ready <= next.ready).length, 0, next);
  const perform = (step: Step, by: string): void => {
    switch (step.does) {
      case 'nextTick':
        ticks.push(set(step.callback, step.does, by).callback);
        break;
      case 'queueMicrotask':
        microtasks.push(set(step.callback, step.does, by).callback);
        break;
      case 'setImmediate':
        immediates.push(set(step.callback, step.does, by));
        break;
      case 'setTimeout':
        timers = byReady(timers, set(step.callback, step.does, by, now + Math.max(1, step.ms)));
        break;
      case 'read':
        reads = byReady(reads, set(step.callback, step.does, by, now + step.ms));
        break;
      case 'clearTimeout': {
        const isCleared = ({ callback }: Waiting): boolean => callback.name === step.of;
        const setting = settings.get(step.of);
        if (setting && timers.some(isCleared)) settings.set(step.of, { ...setting, clearedBy: by });
        timers = timers.filter((timer) => !isCleared(timer));
        break;
      }
      case 'block':
        now += step.ms;
        break;
      case 'throw':
        calls.push({ kind: 'error', name: by, now, end: now, phase });
    }
  };
  const call = ({ name, steps }: Callback): void => {
    const called = { kind: 'callback', name, now, end: now, phase } as const;
    const index = calls.push(called) - 1;
    for (const step of steps) perform(step, name);
    calls[index] = { ...called, end: now };
  };
  const turn = (callback: Callback): void => {
    call(callback);
    while (ticks.length + microtasks.length > 0) {
      for (let next = ticks.shift(); next; next = ticks.shift()) call(next);
      for (let next = microtasks.shift(); next; next = microtasks.shift()) call(next);
    }
  };

  set(program, 'run', '');
  turn(program);
  while (timers.length + reads.length + immediates.length > 0) {
    phase = 'timers';
    const begin = now;
    while (timers[0] && timers[0].ready <= begin) turn(timers.shift()!.callback);
    phase = 'poll';
    const next = Math.min(...[timers, reads].flatMap((waiting) => waiting.slice(0, 1).map(({ ready }) => ready)));
    if (immediates.length === 0 && next < Infinity) now = Math.max(now, next);
    const answered = reads.filter(({ ready }) => ready <= now);
    reads = reads.slice(answered.length);
    for (const { callback } of answered) turn(callback);
    phase = 'check';
    const waiting = immediates;
    immediates = [];
    for (const { callback } of waiting) turn(callback);
  }
  return { calls, settings, now };
}

/**
 * A program whose order Node promises: all of it comes of one read. Its timers are of one length, so they share a list,
 * and they set no immediates, nor immediates timers, for on a clock that runs by itself either may then be first.
 */
function drawForNode(): Callback {
  const below = numbersFrom(random().int(0, 2 ** 31));
  const inACallback: Kind[] = ['nextTick', 'queueMicrotask'];
  const first = drawProgram(below, [...inACallback, 'setImmediate', 'setTimeout'], 20);
  const withoutTwo = (callback: Callback, isInPhase: boolean): Callback => ({
    ...callback,
    steps: callback.steps.flatMap((step): Step[] => {
      if (!('callback' in step)) return [step];
      const isOfPhase = step.does === 'setImmediate' || step.does === 'setTimeout';
      if (isOfPhase && isInPhase) return [];
      const inside = withoutTwo(step.callback, isInPhase || isOfPhase);
      return [step.does === 'setTimeout' ? { ...step, ms: 1, callback: inside } : { ...step, callback: inside }];
    }),
  });
  const { steps } = withoutTwo(first, false);
  return renamed({ name: 'main', steps: [{ does: 'read', ms: 1, callback: { name: 'read', steps } }] });
}

/** The names of a program's callbacks in the order in which the loop of this process calls them; without main. */
function orderOnNode(program: Callback): Promise<string[]> {
  const order: string[] = [];
  const count = callbacksOf(program).length - 1;
  return new Promise((resolve) => {
    const fn =
      ({ name, steps }: Callback) =>
      (): void => {
        order.push(name);
        for (const step of steps) perform(step);
        if (order.length === count) resolve(order);
      };
    const perform = (step: Step): void => {
      if (!('callback' in step)) return;
      if (step.does === 'nextTick') process.nextTick(fn(step.callback));
      else if (step.does === 'queueMicrotask') queueMicrotask(fn(step.callback));
      else if (step.does === 'setImmediate') setImmediate(fn(step.callback));
      else if (step.does === 'setTimeout') setTimeout(fn(step.callback), step.ms);
      else stat('.', fn(step.callback));
    };
    for (const step of program.steps) perform(step);
  });
}
