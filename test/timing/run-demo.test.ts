// Demos in real processes. Ratios and verdicts have wide slack: every core may be busy.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { loadCourse } from '../../runner/course/course.ts';
import { allLedgerIds } from '../../runner/course/ledger-ids.ts';
import { courseRoot } from '../../runner/course/paths.ts';
import { findPython } from '../../runner/timing/python-process.ts';
import { type DemoOptions, runDemo } from '../../runner/timing/run-demo.ts';

function run(name: string, options: DemoOptions = { pace: 'quick' }) {
  return runDemo({ id: `90/${name}`, name, file: join(courseRoot, 'test/fixtures/demos', `${name}.ts`) }, options);
}

/** A signal that is given after so many rounds. */
function stopAfter(rounds: number): DemoOptions {
  const abort = new AbortController();
  return { signal: abort.signal, onProgress: (progress) => progress.rounds >= rounds && abort.abort() };
}

test('a demo gives medians, a ratio and verdicts', async () => {
  const result = await run('honest', {});
  expect(result).toMatchObject({
    id: '90/honest',
    title: 'Once and three times',
    claims: ['F01', 'F02'],
    variants: [
      { name: 'three times', unit: 'ms' },
      { name: 'once', unit: 'ms' },
    ],
    ratios: [{ name: 'work', of: 'three times', over: 'once', kind: 'work', unit: 'ms' }],
    pace: 'full',
    isStopped: false,
    output: 'set up\ntorn down\n',
  });
  const [ratio] = result.ratios;
  expect(ratio?.pairs).toBeGreaterThanOrEqual(1);
  expect(result.variants.map(({ runs }) => runs)).toEqual([ratio?.pairs, ratio?.pairs]);
  for (const { median, low, high } of [...result.variants, ...result.ratios]) {
    expect(low).toBeLessThanOrEqual(median);
    expect(median).toBeLessThanOrEqual(high);
  }
  expect(ratio?.median).toBeGreaterThan(1.3);
  const [right, wrong] = result.verdicts;
  expect(['holds', 'within-limits', 'too-noisy']).toContain(right?.verdict);
  expect(['does-not-hold', 'too-noisy']).toContain(wrong?.verdict);
});

test('amounts have medians, a ratio and verdicts of their own', async () => {
  const result = await run('amounts');
  expect(result.variants).toMatchObject([
    { name: 'many', unit: 'ticks', median: 201, low: 200, high: 202 },
    { name: 'few', unit: 'ticks', median: 20, low: 20, high: 20 },
  ]);
  expect(result.ratios).toMatchObject([{ name: 'more', unit: 'ticks', median: 10.05, low: 10, high: 10.1 }]);
  expect(result.verdicts.map(({ verdict, measured }) => [verdict, measured])).toEqual([
    ['holds', '10.1 (10.0 to 10.1)'],
    ['does-not-hold', '20 ticks (20 to 20 ticks)'],
  ]);
});

test('at the pace of once every variant runs and is checked, no more', async () => {
  const { variants } = await run('amounts', { pace: 'once' });
  expect(variants.map(({ runs }) => runs)).toEqual([1, 1]);
  await expect(run('rigged', { pace: 'once' })).rejects.toThrow('"rigged" did not do its work');
});

const course = loadCourse();

test.each(course.lessons.flatMap(({ demos }) => demos))('$id runs, and its claims are in the ledger', async (demo) => {
  const [result, python] = [await runDemo(demo, { pace: 'once' }), await findPython(process.env)];
  // Where there is a python3 that serves, no variant in it is left out.
  if (result.python && !('missing' in python)) expect(result.python).toEqual(python);
  // Everything takes time; what is counted (updates that were lost, say) may come to nothing.
  expect(result.variants.every(({ unit, median }) => (unit === 'ms' ? median > 0 : median >= 0))).toBe(true);
  expect(allLedgerIds()).toEqual(expect.arrayContaining([...result.claims]));
});

test.each([
  ['rigged', '"rigged" did not do its work: its check refuses the result 0: it is not the sum.'],
  ['throws', 'The demo threw an exception: TypeError: no such thing'],
  ['no-demo', 'This demo exports no demo.'],
  ['ill-defined', 'This demo cannot be measured: "a" has no check.'],
  ['missing', 'Cannot find module'],
])('%s: refused, and the file is named', async (name, message) => {
  await expect(run(name)).rejects.toMatchObject({
    name: 'CourseError',
    exitCode: 2,
    message: expect.stringMatching(new RegExp(`^/.*demos/${name}\\.ts: .*${message.replaceAll('.', '\\.')}`)),
  });
});

test('a demo that leaves is told with what it printed', async () => {
  await expect(run('exits')).rejects.toMatchObject({
    message: 'The demo 90/exits ended before its time (code 7).',
    next: expect.stringMatching(/^Look at .*exits\.ts\. It printed:\nI am off$/),
  });
});

test('a demo that is stopped gives what was measured until then, and is torn down', async () => {
  const result = await run('honest', stopAfter(3));
  expect(result).toMatchObject({ isStopped: true, output: 'set up\ntorn down\n' });
  expect(result.ratios[0]?.pairs).toBeGreaterThanOrEqual(3);
  expect(result.ratios[0]?.pairs).toBeLessThan(10);
  expect(result.verdicts).toMatchObject([
    { verdict: 'too-noisy', reason: 'few-runs' },
    { verdict: 'too-noisy', reason: 'few-runs' },
  ]);
});

test('stopped before it began, a demo has measured nothing', async () => {
  const result = await run('honest', { signal: AbortSignal.abort() });
  expect(result).toMatchObject({ isStopped: true, variants: [], ratios: [], othersShare: undefined });
});

test('a demo that got stuck is ended with all that it started', async (context) => {
  if (!existsSync('/proc/self')) context.skip('needs Linux');
  const stuck = run('stuck', { silenceMs: 6_000 });
  await expect(stuck).rejects.toThrow('The demo 90/stuck got stuck: it reported nothing for 6 s.');
  const pids = /pids (\d+) (\d+)/.exec(await stuck.catch(({ next }) => next))?.slice(1) ?? [];
  expect(pids).toHaveLength(2);
  while (pids.some((pid) => existsSync(`/proc/${pid}`))) await sleep(20);
});

test('a demo that does not stop when it should is ended, and its rounds stay', async (context) => {
  if (!existsSync('/proc/self')) context.skip('needs Linux');
  const abort = new AbortController();
  // The signal comes when it does not listen any more.
  let last = Infinity;
  const watch = setInterval(() => performance.now() - last > 1_500 && abort.abort(), 100);
  onTestFinished(() => clearInterval(watch));
  const result = await run('stuck', {
    signal: abort.signal,
    onProgress: ({ rounds }) => rounds > 0 && (last = performance.now()),
  });
  expect(result.isStopped).toBe(true);
  expect(result.variants[0]?.runs).toBeGreaterThan(0);
  const pids = /pids (\d+) (\d+)/.exec(result.output)?.slice(1) ?? [];
  expect(pids).toHaveLength(2);
  while (pids.some((pid) => existsSync(`/proc/${pid}`))) await sleep(20);
});

test('on a machine that is busy no speed-up is refuted', async () => {
  const hogs = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  onTestFinished(() => hogs.forEach((hog) => hog.kill('SIGKILL')));
  const result = await run('speed-up');
  const [ratio] = result.ratios;
  expect(ratio?.offered?.threads).toBe(2);
  expect(ratio?.offered?.median).toBeGreaterThan(0.2);
  expect(result.othersShare).toBeGreaterThan(0.1);
  expect(result.verdicts.map(({ verdict }) => verdict)).not.toContain('does-not-hold');
});
