// What `watch` and `test --timing` say of a lab that has something to time.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openProgress } from '../../runner/progress/progress.ts';
import { makeRunnableCourse, type RunnableCourse } from '../harness/course.ts';
import { processesLeft, processesOf } from '../harness/processes.ts';
import { formula, solution, timed, writeTimedLab } from '../timing/timed-lab.ts';
import { interleave } from './project-fixture.ts';

function begin(text: string): RunnableCourse {
  const course = makeRunnableCourse();
  writeTimedLab(course.root);
  mkdirSync(dirname(course.file(timed)), { recursive: true });
  writeFileSync(course.file(timed), text);
  return course;
}

function watching(course: RunnableCourse) {
  const child = spawn(process.execPath, [course.launcher, 'watch', '01.1'], {
    cwd: course.root,
    env: course.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  child.stdout.on('data', (bytes: Buffer) => (text += bytes.toString()));
  const until = async (isSo: () => boolean): Promise<string> => {
    const end = performance.now() + 45_000;
    while (!isSo()) {
      if (performance.now() > end) throw new Error(`it did not come, but:\n${text}`);
      await sleep(20);
    }
    return text;
  };
  return { child, text: () => text, until };
}

function times(text: string, part: string): number {
  return text.split(part).length - 1;
}

const isTiming = (course: RunnableCourse) => processesOf(course.tmp).some((one) => one.includes('lab-timing-main'));

test('watch times what has passed, once for each text, after the verdict; a save goes first', async () => {
  const course = begin(solution);
  const { child, until, text } = watching(course);
  await until(() => isTiming(course));
  expect(text()).toContain('Passed: the only test');
  // A save in the middle of it is judged at once, and the timing is gone.
  writeFileSync(course.file(timed), `${solution}nonsense(`);
  await until(() => text().includes('Could not be run'));
  await until(() => !isTiming(course));
  expect(text()).not.toContain('A million numbers');
  writeFileSync(course.file(timed), formula);
  const shown = await until(() => /^the solution \/ yours [^]*^Others took/m.test(text()));
  expect(shown).toMatch(/Passed[^]*A million numbers\n\nnaive .*#\nyours .*\nthe solution .*\n/);
  // The same text again: there is nothing new to be found.
  writeFileSync(course.file(timed), '');
  await until(() => text().includes('is empty'));
  writeFileSync(course.file(timed), formula);
  await until(() => times(text(), 'Passed') === 3);
  await sleep(300);
  expect(isTiming(course)).toBe(false);
  child.kill('SIGINT');
  expect(await processesLeft(course.tmp)).toEqual([]);
  const progress = openProgress({ INTERLEAVE_HOME: course.root });
  expect(progress.timing('01.1')?.report).toMatchObject({ kind: 'measured', title: 'A million numbers' });
  progress.close();
});

test('test times only when it is asked to, and only what has passed', () => {
  const course = begin(solution);
  const run = (...args: string[]) => interleave(course.root, ['test', '01.1', ...args], course.env).stdout;
  expect(run()).not.toContain('A million numbers');
  expect(JSON.parse(run('--json'))).not.toHaveProperty('timing');
  expect(JSON.parse(run('--json', '--timing'))).toMatchObject({
    verdict: 'passed',
    timing: { kind: 'measured', variants: [{ name: 'naive' }, { name: 'yours' }, { name: 'the solution' }] },
  });
  writeFileSync(course.file(timed), formula.replace('n + 1', 'n'));
  expect(JSON.parse(run('--json', '--timing'))).toMatchObject({ verdict: 'failed', timing: null });
});
