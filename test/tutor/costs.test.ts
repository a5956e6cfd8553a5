// "What you have measured so far" from the map, in a real terminal.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keys } from '../harness/pty.ts';
import { leftBy, startTutor } from '../harness/tutor.ts';
import { courseToRead, walk } from './reader-fixture.ts';

const keeping = `import { demo } from 'interleave/kit/demo';
export default demo({
  title: 'Kept',
  variants: { eggs: { run: () => 24, unit: 'eggs' } },
  check: () => true,
  keeps: { 'an egg box': { variant: 'eggs', per: 2 } },
});
`;

test('n shows which demo measures it, then what it measured, and Enter leads back', async () => {
  const course = courseToRead();
  writeFileSync(join(course.root, 'lessons/11-numbers/demos/counts.ts'), keeping);
  const person = startTutor(course, { columns: 60 });
  await person.sees('Enter, q quit, n your numbers');
  await walk(person, [
    ['n', 'npx interleave demo 11/counts'],
    ['x', 'Enter map   q quit'],
  ]);
  expect(person.screen()).toMatch(/^What you have measured so far\n\nNothing yet\. A demo that you run/);
  expect(person.screen()).toContain('Not measured on this machine yet:\n  an egg box.\n');
  await walk(person, [[keys.enter, 'The course:']]);
  spawnSync(process.execPath, [course.launcher, 'demo', '11/counts', '--quick'], { cwd: course.root, env: course.env });
  await walk(person, [['n', '12 eggs (12 to 12 eggs), lesson 11, ']]);
  expect(person.screen()).not.toContain('Not measured');
  person.press('q');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
});

test('TERM=dumb: n is typed', async () => {
  const course = courseToRead();
  writeFileSync(join(course.root, 'lessons/11-numbers/demos/counts.ts'), 'throw new Error("broken");');
  const person = startTutor(course, { env: { TERM: 'dumb', NO_COLOR: '1' }, rows: 40 });
  await person.sees('n for your numbers, q to quit');
  person.press('n\r');
  const shown = await person.sees('Enter map');
  // What an author has broken is said, and everything else works.
  expect(shown).toMatch(
    /No demo of this course measures what one thing costs\.\n\n.*counts\.ts cannot be\s+loaded: broken/s,
  );
  person.press('\r');
  await person.sees((text) => text.split('The course:').length === 3);
  expect(person.raw).not.toContain('\x1b');
});
