import { expect, test } from 'vitest';
import { parseHints, readHints } from '../../runner/course/hints.ts';
import { labsOf, loadCourse } from '../../runner/course/course.ts';
import { hintsText, makeCourse } from './course-fixture.ts';

test('each "## " is a rung; one inside of a block of code is not', () => {
  const rungs = parseHints(hintsText, 'hints.md');
  expect(rungs.map(({ title }) => title)).toEqual(['Where to look', 'What happens between them', 'What to use']);
  expect(rungs[0]?.text).toBe('Look at the line that reads\nand the line that writes.');
  expect(rungs[1]?.text).toContain('## this is no heading');
});

test('two hints are no ladder, and a hint without a text is none', () => {
  expect(() => parseHints('## a\n\nx\n\n## b\n\ny\n', 'labs/hints.md')).toThrow('labs/hints.md:1: has 2 hints');
  expect(() => parseHints('## a\nx\n## b\n\n## c\nz\n', 'labs/hints.md')).toThrow(
    'labs/hints.md:3: the hint "b" has no text',
  );
});

test('a lab without hints.md is named', () => {
  const lab = labsOf(loadCourse(makeCourse())).find(({ id }) => id === '14.2');
  expect(() => lab && readHints(lab)).toThrow('labs/14-race-conditions/2-deposit/hints.md: cannot be read (ENOENT)');
});
