// What the screen of a lab says beyond verdicts: how long a program that has passed takes, and that the course has a
// newer starter.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { interleave } from '../commands/project-fixture.ts';
import { makeRunnableCourse } from '../harness/course.ts';
import { processesLeft } from '../harness/processes.ts';
import { leftBy, startTutor } from '../harness/tutor.ts';
import { formula, timed, writeTimedLab } from '../timing/timed-lab.ts';

test('an update of the starter is told at the beginning, and what has passed is timed below its verdict', async () => {
  const course = makeRunnableCourse();
  writeTimedLab(course.root);
  interleave(course.root, ['reset', '01.1'], course.env);
  const starter = join(course.root, 'labs', timed, 'lab.ts');
  writeFileSync(starter, `${readFileSync(starter, 'utf8')}// new\n`);
  writeFileSync(course.file(timed), formula.replace('n + 1', 'n'));
  const person = startTutor(course, { columns: 80, rows: 60 });
  await person.sees('> Continue: 01.1  Up to');
  person.press('\r');
  await person.sees(/newer starter for this lab \(lab\.ts\)/);
  await person.sees('Not yet');
  writeFileSync(course.file(timed), formula);
  await person.sees('Timing yours beside a naive one');
  expect(person.screen()).toContain('Passed: the only test');
  const timing = await person.saw(/A million numbers\n\nnaive [^]*Others took/);
  expect(timing).toMatch(/yours +[\d.]+ \wm?s/);
  await person.sees('h hint');
  expect(person.screen()).not.toContain('Timing yours');
  person.press('q');
  await leftBy(person);
  expect(await processesLeft(course.tmp)).toEqual([]);
});
