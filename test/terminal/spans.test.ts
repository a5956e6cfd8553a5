import { expect, test } from 'vitest';
import { foldSpans, hardSpace, paintSpans, wrapSpans, type Span } from '../../runner/terminal/spans.ts';
import { displayWidth } from '../../runner/terminal/wrap.ts';

const loud: Span['paint'] = (text) => `<${text}>`;

test('stretches are painted once for each line that they are on', () => {
  const spans = [{ text: 'one ' }, { text: 'two three', paint: loud }, { text: ', four' }];
  expect(wrapSpans(spans, 80)).toEqual(['one <two three>, four']);
  expect(wrapSpans(spans, 7)).toEqual(['one <two>', '<three>,', 'four']);
  expect(wrapSpans(spans, 10, { first: '- ', rest: '  ' })).toEqual(['- one <two>', '  <three>,', '  four']);
});

test('a line ends at spaces and where it is told to, but not at a hard space', () => {
  expect(wrapSpans([{ text: `a 20${hardSpace}ms b` }], 6)).toEqual(['a', '20 ms', 'b']);
  expect(wrapSpans([{ text: 'a\nb ' }, { text: '\nc' }], 80)).toEqual(['a', 'b', 'c']);
  expect(wrapSpans([], 80)).toEqual(['']);
  expect(wrapSpans([{ text: '   ' }], 80, { first: '- ' })).toEqual(['-']);
});

test('what no line can hold is broken, in any script', () => {
  expect(wrapSpans([{ text: 'abcdefghij' }], 4)).toEqual(['abcd', 'efgh', 'ij']);
  expect(wrapSpans([{ text: '日本語', paint: loud }], 4)).toEqual(['<日本>', '<語>']);
});

test('no line is wider than asked, and nothing is lost', () => {
  const text = `The unquestionably long supercalifragilisticexpialidocious 日本語 e\u0301e\u0301 ends${hardSpace}here, in it.`;
  const spans = [...text.matchAll(/.{1,7}/gsu)].map(([part]) => ({ text: part }));
  for (let columns = 4; columns <= 120; columns++) {
    for (const lines of [
      wrapSpans(spans, columns, { first: '* ', rest: '' }),
      foldSpans(spans, columns, { text: '*' }),
    ]) {
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
      expect(lines.join('').replaceAll(/[*\s]/g, '')).toBe(text.replaceAll(/\s/g, ''));
    }
  }
});

test('a paragraph can be very long', () => {
  const lines = wrapSpans([{ text: 'größer '.repeat(22_000) }], 76);
  expect(lines).toHaveLength(2_000);
});

test('code is folded behind spaces and brackets, and keeps its spaces', () => {
  const mark = { text: '  ... ', paint: loud };
  expect(foldSpans([{ text: '  const x  = f(abcdefgh);' }], 16, mark)).toEqual([
    '  const x  = f(',
    '<  ... >abcdefgh);',
  ]);
  expect(foldSpans([{ text: 'abcdefghijklmnop' }], 10, mark)).toEqual(['abcdefghij', '<  ... >klmn', '<  ... >op']);
  expect(foldSpans([], 10, mark)).toEqual(['']);
  expect(paintSpans([{ text: '', paint: loud }])).toBe('');
});
