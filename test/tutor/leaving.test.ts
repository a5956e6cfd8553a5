// Ctrl-C at any moment: the terminal as it was, no stack trace, and nothing left running. Also a tutor that is killed.
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeRunnableCourse, type RunnableCourse } from '../harness/course.ts';
import { processesLeft, processesOf } from '../harness/processes.ts';
import { keys, type Person } from '../harness/pty.ts';
import { goToFirstLab, leftBy, startTutor } from '../harness/tutor.ts';

const lab = '11-numbers/1-double';
const endless = 'export function double(): number {\n  for (;;);\n}\n';
const onLinux = process.platform === 'linux';

const moments: Record<string, (person: Person, course: RunnableCourse) => Promise<unknown>> = {
  'the lab, while nothing happens': async () => {},
  'a run that does not come to an end': async (person, course) => {
    writeFileSync(course.file(lab), endless);
    await person.sees('Running "doubles"');
  },
  'a question': async (person) => {
    person.press('s');
    await person.sees('any other key: no');
  },
  'an endless import': async (person, course) => {
    writeFileSync(course.file(lab), 'for (;;);\n');
    await person.sees('Starting your program');
  },
};

for (const [moment, getThere] of Object.entries(moments)) {
  test.for(['ctrlC', 'ctrlD'] as const)(`%s during ${moment}`, async (key) => {
    const course = makeRunnableCourse();
    const person = startTutor(course);
    await goToFirstLab(person);
    await getThere(person, course);
    person.press(keys[key]);
    const left = await leftBy(person);
    expect(left).toMatchObject({ exitCode: 130, isAsBefore: true });
    expect(left.text).not.toMatch(/Error|at .*:\d+:\d+/);
    // What scrolled by stays; the line of keys does not.
    expect(left.text).not.toContain('h hint');
    if (onLinux) expect(await processesLeft(course.tmp)).toEqual([]);
  });
}

test('Ctrl-C before the map is drawn', async () => {
  const course = makeRunnableCourse();
  const person = startTutor(course);
  await person.saw('Interleave');
  person.press(keys.ctrlC);
  const left = await leftBy(person);
  expect(left).toMatchObject({ exitCode: 130, isAsBefore: true });
  if (onLinux) expect(await processesLeft(course.tmp)).toEqual([]);
});

test.skipIf(!onLinux)(
  'after a kill of the tutor in the middle of a run, its judge and what it ran end by themselves',
  async () => {
    const course = makeRunnableCourse();
    const person = startTutor(course);
    await goToFirstLab(person);
    writeFileSync(course.file(lab), endless);
    await person.sees('Running "doubles"');
    const tutor = processesOf(course.tmp).find((line) => line.endsWith(course.launcher) && !line.includes('sh -c'));
    process.kill(Number.parseInt(tutor ?? '', 10), 'SIGKILL');
    expect(await processesLeft(course.tmp)).toEqual([]);
  },
);
