// What stands in which queue, moment by moment.
import { expect, test } from 'vitest';
import { queuesAt, type Queues } from '../../runner/tracer/queues.ts';
import type { Trace } from '../../runner/tracer/trace.ts';
import { MadeTrace, oneOfEach } from './made-trace.ts';

/** Each queue that holds something, by its labels. */
function seen(queues: Queues): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(queues).flatMap(([name, tasks]: [string, readonly { label: string }[]]) =>
      tasks.length > 0 ? [[name, tasks.map(({ label }) => label)]] : [],
    ),
  );
}

/** After the first step of that kind, or the one of that number. */
function after(trace: Trace, kind: string, number = 1): Record<string, string[]> {
  const steps = [...trace.steps.entries()].filter(([, step]) => step.kind === kind);
  return seen(queuesAt(trace, steps[number - 1]?.[0] ?? Number.NaN));
}

test('each kind stands in its queue', () => {
  const { trace } = oneOfEach();
  expect(seen(queuesAt(trace, -1))).toEqual({});
  expect(after(trace, 'begin')).toEqual({ stack: ['lab.ts'] });
  const queued = {
    timers: ['setTimeout 10 ms: tick'],
    check: ['setImmediate: check'],
    poll: ['readFile: answer'],
    nextTick: ['nextTick: first'],
    microtasks: ['then: second'],
    waiting: ['await in load'],
  };
  expect(after(trace, 'end')).toEqual(queued);
  const { nextTick, ...rest } = queued;
  expect(after(trace, 'begin', 2)).toEqual({ ...rest, stack: nextTick });
  expect(after(trace, 'ready')).toEqual({
    stack: ['readFile: answer'],
    microtasks: ['await in load'],
    timers: ['setTimeout 10 ms: tick'],
  });
  expect(seen(queuesAt(trace, trace.steps.length - 1))).toEqual({});
});

test('microtasks stand in the order in which their promises were settled', () => {
  const made = new MadeTrace();
  made.script(() => {
    const late = made.put('microtask', 'late', { isReady: false });
    const early = made.put('microtask', 'early', { isReady: false });
    made.put('microtask', 'at once');
    made.ready(early).ready(late);
  });
  expect(after(made.trace, 'schedule', 3)).toMatchObject({ waiting: ['late', 'early'], microtasks: ['at once'] });
  expect(after(made.trace, 'end')).toEqual({ microtasks: ['at once', 'early', 'late'] });
});

test('timers stand by their due time, and a cleared one is gone', () => {
  const made = new MadeTrace();
  made.script(() => {
    made.put('timer', 'b', { dueMs: 20 });
    made.put('timer', 'a', { dueMs: 10 });
    const c = made.put('timer', 'c', { dueMs: 20 });
    made.drop(c);
  });
  expect(after(made.trace, 'schedule', 3)).toMatchObject({ timers: ['a', 'b', 'c'] });
  expect(after(made.trace, 'drop')).toMatchObject({ timers: ['a', 'b'] });
});

test('an interval stands there again after each run until it is cleared', () => {
  const made = new MadeTrace();
  let interval = 0;
  made.script(() => (interval = made.put('timer', 'each', { dueMs: 10, everyMs: 10 })));
  made.wait(9.9).run(interval).wait(10);
  made.run(interval, () => made.drop(interval));
  const { trace } = made;
  expect(after(trace, 'begin', 2)).toEqual({ stack: ['each'] });
  expect(after(trace, 'end', 2)).toEqual({ timers: ['each'] });
  expect(queuesAt(trace, trace.steps.findLastIndex(({ kind }) => kind === 'begin') - 1).timers[0]?.dueMs).toBe(20);
  expect(after(trace, 'end', 3)).toEqual({});
});

test('a listener stands there again as long as it will be called', () => {
  const made = new MadeTrace();
  let listener = 0;
  made.script(() => (listener = made.put('io', 'connection')));
  made.run(listener).run(listener);
  expect(after(made.trace, 'end', 2)).toEqual({ poll: ['connection'] });
  expect(after(made.trace, 'end', 3)).toEqual({});
});

test('a handler that runs inside of another callback stands above it', () => {
  const made = new MadeTrace();
  made.script(() => {
    const exit = made.put('process', 'exit');
    made.run(exit);
  });
  expect(after(made.trace, 'schedule')).toEqual({ stack: ['lab.ts'], handlers: ['exit'] });
  expect(after(made.trace, 'begin', 2)).toEqual({ stack: ['lab.ts', 'exit'] });
  expect(after(made.trace, 'end')).toEqual({ stack: ['lab.ts'] });
});
