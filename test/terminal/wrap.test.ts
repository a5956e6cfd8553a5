import { expect, test } from 'vitest';
import { displayWidth, truncate, wrap } from '../../runner/terminal/wrap.ts';

test('width counts columns, not characters or bytes', () => {
  expect(displayWidth('abc')).toBe(3);
  expect(displayWidth('\x1b[31mabc\x1b[39m')).toBe(3);
  expect(displayWidth('日本')).toBe(4);
  expect(displayWidth('e\u0301')).toBe(1);
  expect(displayWidth('😀')).toBe(2);
  expect(displayWidth('“–”')).toBe(3);
  expect(displayWidth('größer → 3 µs ≤ ×│')).toBe(18);
  expect(displayWidth('→\u0301→\ufe0f')).toBe(2);
});

test('lines break between words', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('one two three', 8, { first: '- ', rest: '  ' })).toEqual(['- one', '  two', '  three']);
  expect(wrap('  one \n two  ', 80)).toEqual(['one two']);
  expect(wrap('', 80)).toEqual(['']);
});

test('a word that no line can hold is broken', () => {
  expect(wrap('a abcdefghij b', 4)).toEqual(['a', 'abcd', 'efgh', 'ij b']);
  expect(wrap('日本語日本語', 4)).toEqual(['日本', '語日', '本語']);
});

test('no line is wider than asked, whatever the width', () => {
  const text =
    'The unquestionably longest word in supercalifragilisticexpialidocious prose 日本語 is broken, if it must be.';
  for (let columns = 4; columns <= 120; columns++) {
    const lines = wrap(text, columns, { first: '* ', rest: '  ' });
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
    expect(lines.join('').replaceAll(/[* ]/g, '')).toBe(text.replaceAll(' ', ''));
  }
});

test('a line that is too long is cut visibly', () => {
  expect(truncate('abcdef', 6)).toBe('abcdef');
  expect(truncate('abcdefg', 6)).toBe('abc...');
});
