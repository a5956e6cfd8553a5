// Real programs: what the queues are said to hold is what the runtime takes out of them.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';
import { queueOf, queuesAt, type QueueName, type Queues } from '../../runner/tracer/queues.ts';
import { traceProgram } from '../../runner/tracer/trace-program.ts';
import type { Trace } from '../../runner/tracer/trace.ts';

const program = join(courseRoot, 'test/fixtures/stepper/random.cjs');
/** Node counts in whole milliseconds. */
const tickMs = 1.1;

async function traced(seed: number): Promise<Trace> {
  const run = await traceProgram({
    file: program,
    args: [String(seed)],
    cwd: courseRoot,
    env: process.env,
    limitMs: 45_000,
  });
  expect(run).toMatchObject({ ending: { kind: 'exit', code: 0 }, stderr: '', stdout: 'over\n' });
  return run.trace;
}

const names: readonly QueueName[] = [
  'nextTick',
  'microtasks',
  'timers',
  'poll',
  'check',
  'close',
  'waiting',
  'handlers',
];

function idsIn(queues: Queues, name: QueueName): number[] {
  return queues[name].map(({ id }) => id);
}

test.for([1, 3, 4])('seed %i: what begins stood at the head of its queue, and no task stands in two', async (seed) => {
  const trace = await traced(seed);
  const kinds = new Set(trace.events.map(({ kind }) => kind));
  expect([...kinds]).toEqual(expect.arrayContaining(['script', 'timer', 'immediate', 'io', 'microtask', 'process']));
  const wrong: string[] = [];
  for (const [index, step] of trace.steps.entries()) {
    const queues = queuesAt(trace, index - 1);
    const all = names.flatMap((name) => idsIn(queues, name));
    if (new Set(all).size !== all.length) wrong.push(`${index}: a task stands in two queues`);
    const task = step.kind === 'begin' && step.task !== null ? trace.tasks[step.task] : undefined;
    if (!task) continue;
    const ids = idsIn(queues, queueOf(task));
    const said = `${index}: ${task.label} (${task.kind})`;
    if (!ids.includes(task.id)) wrong.push(`${said} began, and stood in no queue`);
    if ((task.kind === 'nextTick' || task.kind === 'microtask') && ids[0] !== task.id)
      wrong.push(`${said} was not the first`);
    const due = queues.timers.find(({ id }) => id === task.id)?.dueMs ?? 0;
    if (due > step.atMs + tickMs) wrong.push(`${said} began at ${step.atMs} and was due at ${due}`);
  }
  expect(wrong).toEqual([]);
  const end = queuesAt(trace, trace.steps.length - 1);
  expect(names.filter((name) => name !== 'waiting' && end[name].length > 0)).toEqual([]);
  expect(end.stack).toEqual([]);
});
