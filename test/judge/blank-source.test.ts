// Empty or not: whatever the text, at once.
import { expect, test } from 'vitest';
import { isBlankSource } from '../../runner/judge/blank-source.ts';

test.each(['', '\n', '\ufeff\u2028 \t', '//', '// a\r\n//b', '/**/', '/* // */ // /*', '/***/\n/* a\n */\n'])(
  '%j is',
  (source) => {
    expect(isBlankSource(source)).toBe(true);
  },
);

test.each([';', '/', '/*', '/*/', '// a\nb', '/* a */ b /* c */', '"//"', '/a/'])('%j is not', (source) => {
  expect(isBlankSource(source)).toBe(false);
});

test.each(['/*', '/**/', '/* */ ', ' ', '\n', '//\n'])('a megabyte of %j is read once', (piece) => {
  const source = piece.repeat(2 ** 20 / piece.length);
  isBlankSource(source);
  expect(isBlankSource(`${source}x`)).toBe(false);
});
