// Ctrl-Z at the map: readline would stop this process alone, and nobody above it would know.
import { expect, test } from 'vitest';
import { makeRunnableCourse } from '../harness/course.ts';
import { leftBy, startTutor } from '../harness/tutor.ts';

test('Ctrl-Z at the map does nothing and says so, and the keys go on working', async () => {
  const person = startTutor(makeRunnableCourse());
  await person.sees('> 10  Something');
  person.press('\x1a');
  await person.sees('That key does nothing here. Keys: arrows or a number');
  person.press('11');
  await person.sees('> 11  Numbers');
  person.press('q');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
});
