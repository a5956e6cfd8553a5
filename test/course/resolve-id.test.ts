import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CourseError } from '../../runner/course/course-error.ts';
import { loadCourse } from '../../runner/course/course.ts';
import { resolveLab, resolveLesson } from '../../runner/course/resolve-id.ts';
import { makeCourse, temporaryFolder, write } from './course-fixture.ts';

function place(changes: Record<string, string> = {}) {
  const root = makeCourse(changes);
  const home = temporaryFolder();
  write(home, { 'workspace/14-race-conditions/1-lost-updates/lab.ts': '' });
  return { course: loadCourse(root), root, home, standpoint: { cwd: root, env: { INTERLEAVE_HOME: home } } };
}

function errorOf(action: () => unknown): CourseError {
  try {
    action();
  } catch (error) {
    if (error instanceof CourseError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

test.each(['14', 'race-conditions', '14-race-conditions', '14-race-conditions/'])('%s is lesson 14', (typed) => {
  expect(resolveLesson(place().course, typed).id).toBe('14');
});

test.each(['4', '04', '4-event-loop'])('%s is lesson 04', (typed) => {
  expect(resolveLesson(place().course, typed).id).toBe('04');
});

test.each([
  '14.1',
  '14.1-lost-updates',
  'lost-updates',
  '14-race-conditions/1-lost-updates',
  'labs/14-race-conditions/1-lost-updates',
  './labs/14-race-conditions/1-lost-updates/',
  'labs/14-race-conditions/1-lost-updates/lab.json',
  'solutions/14-race-conditions/1-lost-updates/WHY.md',
])('%s is lab 14.1', (typed) => {
  const { course, standpoint } = place();
  expect(resolveLab(course, typed, standpoint).id).toBe('14.1');
});

test('4.1 is lab 04.1', () => {
  const { course, standpoint } = place();
  expect(resolveLab(course, '4.1', standpoint).id).toBe('04.1');
});

test('a path inside of the working copy is the lab, from wherever it is typed', () => {
  const { course, home, standpoint } = place();
  const folder = join(home, 'workspace/14-race-conditions/1-lost-updates');
  expect(resolveLab(course, join(folder, 'lab.ts'), standpoint).id).toBe('14.1');
  expect(resolveLab(course, 'lab.ts', { ...standpoint, cwd: folder }).id).toBe('14.1');
  expect(resolveLab(course, '.', { ...standpoint, cwd: folder }).id).toBe('14.1');
  const link = join(temporaryFolder(), 'link');
  symlinkSync(home, link);
  expect(resolveLab(course, join(link, 'workspace/14-race-conditions/1-lost-updates/lab.ts'), standpoint).id).toBe(
    '14.1',
  );
});

test('an unknown lab is answered with the nearest names', () => {
  const { course, standpoint } = place();
  const error = errorOf(() => resolveLab(course, 'lost-update', standpoint));
  expect(error.message).toBe('There is no lab "lost-update".');
  expect(error.next).toBe('Did you mean 14.1-lost-updates? "npx interleave list" shows them all.');
  expect(error.exitCode).toBe(2);
  expect(errorOf(() => resolveLab(course, 'lsot-updates', standpoint)).next).toContain('14.1-lost-updates');
  expect(errorOf(() => resolveLab(course, '14.3', standpoint)).next).toContain('14.1-lost-updates or 14.2-deposit');
});

test('what is near to nothing gets the way to the list', () => {
  const { course, standpoint } = place();
  expect(errorOf(() => resolveLab(course, 'zzzzzz', standpoint)).next).toBe('"npx interleave list" shows them all.');
  expect(errorOf(() => resolveLab(course, '', standpoint)).next).toBe('"npx interleave list" shows them all.');
  expect(errorOf(() => resolveLesson(course, 'x'.repeat(100_000))).next).toBe('"npx interleave list" shows them all.');
  expect(errorOf(() => resolveLesson(course, 'rase-conditions')).next).toContain('Did you mean 14-race-conditions?');
});

test('a path outside of the course is no lab', () => {
  const { course, standpoint, root, home } = place();
  for (const typed of ['labs', root, home, '..', 'lessons/14-race-conditions', 'labs/14-race-conditions/not-a-lab'])
    expect(() => resolveLab(course, typed, standpoint)).toThrow('There is no lab');
});

test('a lesson where a lab is wanted is answered with its labs', () => {
  const { course, standpoint } = place();
  const error = errorOf(() => resolveLab(course, '14', standpoint));
  expect(error.message).toBe('"14" is a lesson, not a lab.');
  expect(error.next).toBe('Type one of its labs: 14.1-lost-updates, 14.2-deposit.');
  expect(errorOf(() => resolveLab(course, 'labs/14-race-conditions', standpoint)).message).toContain('is a lesson');
  expect(errorOf(() => resolveLab(course, '15', standpoint)).next).toContain('no labs yet');
});

test('a name that two labs have lists the two', () => {
  const { course, standpoint } = place({
    'labs/04-event-loop/2-deposit/lab.json': '{"title": "x", "files": ["lab.ts"], "tests": {"t": 1}}',
  });
  const error = errorOf(() => resolveLab(course, 'deposit', standpoint));
  expect(error.message).toBe('"deposit" is the name of several labs: 04.2-deposit, 14.2-deposit.');
  expect(resolveLab(course, '14.2-deposit', standpoint).id).toBe('14.2');
});
