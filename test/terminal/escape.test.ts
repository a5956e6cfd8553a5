import { expect, test } from 'vitest';
import { escapeLine, escapeText } from '../../runner/terminal/escape.ts';

test.each([
  ['colours', '\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
  ['the one-byte introducer', '\x9b31m', '\\x9b31m'],
  ['a window title', '\x1b]0;title\x07', '\\x1b]0;title\\x07'],
  ['overwriting a line', 'failed\rpassed', 'failed\\x0dpassed'],
  ['overwriting a letter', 'a\bb', 'a\\x08b'],
  ['NUL, DEL, form feed, vertical tab', '\0\x7f\f\v', '\\x00\\x7f\\x0c\\x0b'],
  ['change of direction', 'a\u202eb\u2066c\u200fd\u061c', 'a\\u202eb\\u2066c\\u200fd\\u061c'],
  ['no width', 'a\u200bb\u200dc\ufeffd\u2060\u00ad', 'a\\u200bb\\u200dc\\ufeffd\\u2060\\xad'],
  [
    'letters and marks that are not seen',
    '\u3164\u115f\u034f\u{e0041}\ufe0f',
    '\\u3164\\u115f\\u034f\\u{e0041}\\ufe0f',
  ],
  ['other spaces and line ends', '\u00a0\u2003\u2028\u2029\u0085', '\\xa0\\u2003\\u2028\\u2029\\x85'],
  ['half a surrogate pair', 'a\ud800b', 'a\\ud800b'],
  ['private use and what is not defined', '\ue000\u0378', '\\ue000\\u0378'],
])('%s becomes visible', (_, hostile, shown) => {
  expect(escapeText(hostile)).toBe(shown);
});

test('what people write stays as it is', () => {
  const text = 'Grüße, “dear” reader:\n\t日本語 한국어 العربية e\u0301 ½ € 😀 a + b = c; `x` {y} \\x1b';
  expect(escapeText(text)).toBe(text);
});

test('a name or a message cannot leave its line', () => {
  expect(escapeLine('one\ntwo\tthree')).toBe('one\\x0atwo\\x09three');
});

test('no code point below U+3000 gets through that is not meant to', () => {
  const through: number[] = [];
  for (let code = 0; code < 0x3000; code++) {
    if (escapeText(String.fromCodePoint(code)).length === 1) through.push(code);
  }
  const controls = through.filter((code) => code < 0x20 || (code >= 0x7f && code < 0xa0));
  expect(controls).toEqual([0x09, 0x0a]);
  expect(through.filter((code) => code > 0x2000 && code < 0x2010)).toEqual([]);
});
