import { expect, test } from 'vitest';
import { parseTask } from '../../runner/course/task.ts';

const readme = `# Twice as much

Make \`double\` work.

It is small.

## What you write

- double

## What is observed

What comes back.

Twice.

## Out of scope

Speed.
`;

test('the goal is what stands before the first section; what is observed is a section of its own', () => {
  const { goal, observed, whole } = parseTask(readme);
  expect(goal).toBe('Make `double` work.\n\nIt is small.');
  expect(observed).toBe('What comes back.\n\nTwice.');
  expect(whole).toMatch(/^Make `double` work\.[^]*Speed\.$/);
});

test('a README without sections, without a goal, with the line ends of Windows', () => {
  expect(parseTask('# T\n\nDo it.\n')).toEqual({ goal: 'Do it.', observed: '', whole: 'Do it.' });
  expect(parseTask('# T\n\n## What you write\n\nx\n').goal).toBe('');
  expect(parseTask(readme.replaceAll('\n', '\r\n')).observed).toBe('What comes back.\r\n\r\nTwice.');
});
