import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadCourse } from '../../runner/course/course.ts';
import { labToGoOnWith } from '../../runner/progress/overview.ts';
import { openProgress } from '../../runner/progress/progress.ts';
import { makeCourse, temporaryFolder } from '../course/course-fixture.ts';

/** Labs 04.1, 14.1 and 14.2, a clock that moves by one at each record, and nothing done yet. */
function beginning() {
  const course = loadCourse(makeCourse());
  const env = { INTERLEAVE_HOME: temporaryFolder() };
  let clock = 0;
  const progress = openProgress(env, () => clock++);
  onTestFinished(() => progress.close());
  return { progress, env, goOn: () => labToGoOnWith(course, progress, env)?.id };
}

test('there is nothing to go on with before anything was done', () => {
  expect(beginning().goOn()).toBeUndefined();
});

test('whoever wrote into a lab goes on with it, even if it was never judged', () => {
  const { env, goOn } = beginning();
  const copy = join(env.INTERLEAVE_HOME, 'workspace/14-race-conditions/2-deposit');
  mkdirSync(copy, { recursive: true });
  writeFileSync(join(copy, 'lab.ts'), 'export const mine = 1;\n');
  expect(goOn()).toBe('14.2');
});

test('the lab that was worked on last: judged, helped with, or solved by looking', () => {
  const { progress, goOn } = beginning();
  progress.recordVerdict('14.1', 'failed', 1);
  expect(goOn()).toBe('14.1');
  progress.recordHint('04.1', 1);
  expect(goOn()).toBe('04.1');
  progress.recordSolutionSeen('14.2');
  expect(goOn()).toBe('14.2');
  progress.recordVerdict('14.1', 'crashed', 1);
  expect(goOn()).toBe('14.1');
});

test('after a pass the next lab that is not passed, from the end round to the beginning; none when all are', () => {
  const { progress, goOn } = beginning();
  progress.recordVerdict('14.1', 'passed', 1);
  expect(goOn()).toBe('14.2');
  progress.recordVerdict('14.2', 'passed', 1);
  expect(goOn()).toBe('04.1');
  progress.recordVerdict('04.1', 'passed', 1);
  expect(goOn()).toBeUndefined();
});

test('a lab that this course does not have is not gone on with', () => {
  const { progress, goOn } = beginning();
  progress.recordVerdict('99.1', 'failed', 1);
  expect(goOn()).toBeUndefined();
});
