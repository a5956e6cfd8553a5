// What is pasted is no row of keys: nothing of it may run, ask, confirm or leave.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeRunnableCourse } from '../harness/course.ts';
import { goToFirstLab, goToLabs, leftBy, startTutor } from '../harness/tutor.ts';

const pasted = 'try { await x } catch { q }';
const mine = 'export function double(x: number): number {\n  return x + 1;\n}\n';

const ways = [
  ['marked by the terminal', `\x1b[200~${pasted}\x1b[201~`],
  ['not marked', pasted],
] as const;

test.for(ways)('what is pasted into a menu does nothing: %s', async ([, text]) => {
  const person = startTutor(makeRunnableCourse());
  await person.sees('> 11  Numbers');
  person.press(text);
  await person.sees('That was pasted; keys work one at a time.');
  person.press('12');
  await person.sees('> 12  Words');
  await goToLabs(person);
  person.press(text);
  await person.sees('That was pasted; keys work one at a time.');
  person.press('2');
  await person.sees('> [ ] 2  A sum');
  person.press('q');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
});

test.for(ways)('what is pasted into a lab does nothing: %s', async ([, text]) => {
  const course = makeRunnableCourse();
  const person = startTutor(course);
  await goToFirstLab(person);
  expect(person.raw).toContain('\x1b[?2004h');
  writeFileSync(course.file('11-numbers/1-double'), mine);
  await person.sees('Not yet: 0 of 2');
  person.press(text);
  await person.sees('That was pasted; keys work one at a time.');
  person.press('h');
  await person.sees('Hint 1 of 3');
  expect(readFileSync(course.file('11-numbers/1-double'), 'utf8')).toBe(mine);
  expect(person.all()).not.toContain('Your copy is as the course made it');
  person.press('q');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
  expect(person.raw.lastIndexOf('\x1b[?2004l')).toBeGreaterThan(person.raw.lastIndexOf('\x1b[?2004h'));
});
