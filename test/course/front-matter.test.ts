import { expect, test } from 'vitest';
import { CourseError } from '../../runner/course/course-error.ts';
import { parseFrontMatter } from '../../runner/course/front-matter.ts';

test('reads texts and lists, and says where the body begins', () => {
  const matter = parseFrontMatter(
    '---\ntitle: Locks, and more\nledger: [C12, R102]\nnone: []\n---\nbody\n',
    'lesson.md',
  );
  expect(Object.fromEntries(matter.fields)).toEqual({
    title: { value: 'Locks, and more', line: 2 },
    ledger: { value: ['C12', 'R102'], line: 3 },
    none: { value: [], line: 4 },
  });
  expect(matter).toMatchObject({ body: 'body\n', bodyLine: 6 });
});

test('reads a text in double quotes, whatever is in it, and lines that end as on Windows', () => {
  const matter = parseFrontMatter('---\r\ntitle: "Locks: \\"one\\" # two"\r\n---\r\n', 'lesson.md');
  expect(matter.fields.get('title')).toEqual({ value: 'Locks: "one" # two', line: 2 });
  expect(matter.body).toBe('');
});

test.each([
  ['title: x\n', 'lesson.md:1: expected "---"'],
  ['---\ntitle: x\n', 'lesson.md:3: the front matter has no closing'],
  ['---\ntitle x\n---\n', 'lesson.md:2: expected "key: value"'],
  ['---\ntitle:x\n---\n', 'lesson.md:2: expected "key: value"'],
  ['---\ntitle:\n---\n', 'lesson.md:2: expected "key: value"'],
  ['---\na: x\n\nb: y\n---\n', 'lesson.md:3: expected "key: value"'],
  ['---\na: x\nb: y\na: z\n---\n', 'lesson.md:4: "a" stands on line 2 already'],
  ['---\ntitle: Locks: one\n---\n', 'lesson.md:2: this text needs double quotes'],
  ['---\ntitle: Locks # one\n---\n', 'lesson.md:2: this text needs double quotes'],
  ['---\ntitle: *anchor\n---\n', 'lesson.md:2: this text needs double quotes'],
  ['---\ntitle: "open\n---\n', 'lesson.md:2: the text in double quotes'],
  ['---\nledger: [C12,\n---\n', 'lesson.md:2: the list has no closing'],
  ['---\nledger: [C12, , C13]\n---\n', 'lesson.md:2: "" is not a name'],
  ['---\nledger: [C12 C13]\n---\n', 'lesson.md:2: "C12 C13" is not a name'],
])('refuses %j with file and line', (text, message) => {
  expect(() => parseFrontMatter(text, 'lesson.md')).toThrow(CourseError);
  expect(() => parseFrontMatter(text, 'lesson.md')).toThrow(message);
});
