import { expect, test } from 'vitest';
import { differenceLines, shownDifference } from '../../runner/terminal/difference.ts';
import { styleFor } from '../../runner/terminal/style.ts';

const yours = { name: 'your lab.ts', text: 'one\ntwo\nthree\n' };

test('shows what changes, in the unified format', () => {
  const lines = differenceLines(yours, { name: 'solution lab.ts', text: 'one\n2\nthree\n' });
  expect(lines).toEqual(['--- your lab.ts', '+++ solution lab.ts', '@@ -1,3 +1,3 @@', ' one', '-two', '+2', ' three']);
});

test('colours lines by their kind, and breaks long ones between words', () => {
  const style = styleFor({}, { FORCE_COLOR: '1' });
  const lines = shownDifference(['-two', '+2', '-const sum = add(one, two);'], 20, style);
  expect(lines).toContain('\x1b[31m-two\x1b[39m');
  expect(lines).toContain('\x1b[32m+2\x1b[39m');
  expect(lines.at(-1)).toBe('\x1b[31m-  ... \x1b[39m\x1b[31mone, two);\x1b[39m');
});

test('the same text has no difference, nor has one with the line ends of Windows', () => {
  expect(differenceLines(yours, { ...yours, name: 'solution' })).toEqual([]);
  expect(differenceLines({ ...yours, text: 'one\r\ntwo\r\nthree\r\n' }, yours)).toEqual([]);
});

test('control characters of the learner’s text are shown, not obeyed', () => {
  const lines = differenceLines({ name: 'a\x1b[2J', text: '\x1b[2Jgone\u202e' }, yours).join('\n');
  for (const control of ['\x1b', '\u202e']) expect(lines).not.toContain(control);
  expect(lines).toContain('-\\x1b[2Jgone\\u202e');
});

test('two long texts that share nothing are given up on', () => {
  const text = (word: string) => Array.from({ length: 20_000 }, (_, index) => `${word} ${index}`).join('\n');
  const lines = differenceLines({ name: 'a', text: text('a') }, { name: 'b', text: text('b') });
  expect(lines.at(-1)).toBe('(so little is the same that a comparison says nothing)');
});
