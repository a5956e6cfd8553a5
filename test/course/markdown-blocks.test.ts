import { expect, test } from 'vitest';
import { inlinesOf, plainText, withInner } from '../../runner/course/blocks.ts';
import { readBlocks } from '../../runner/course/markdown-blocks.ts';

test('sentences keep what is stressed, code, links, breaks, and HTML with its line', () => {
  const [paragraph] = readBlocks(
    'One *two **three*** `four\nfive` ![six](6.png) [*seven*](7.md)\\\neight <!-- nine -->\n',
    5,
  );
  expect(paragraph).toEqual({
    kind: 'paragraph',
    line: 5,
    text: [
      { kind: 'text', text: 'One ' },
      {
        kind: 'emphasis',
        children: [
          { kind: 'text', text: 'two ' },
          { kind: 'strong', children: [{ kind: 'text', text: 'three' }] },
        ],
      },
      { kind: 'text', text: ' ' },
      { kind: 'code', text: 'four five' },
      { kind: 'text', text: ' ' },
      { kind: 'link', target: '6.png', children: [{ kind: 'text', text: 'six' }] },
      { kind: 'text', text: ' ' },
      { kind: 'link', target: '7.md', children: [{ kind: 'emphasis', children: [{ kind: 'text', text: 'seven' }] }] },
      { kind: 'break' },
      { kind: 'text', text: 'eight ' },
      { kind: 'html', text: '<!-- nine -->', line: 7 },
    ],
  });
  expect(paragraph && plainText(inlinesOf(paragraph).filter(({ kind }) => kind === 'code'))).toBe('four five');
});

test('blocks know their lines at any depth', () => {
  const blocks = readBlocks(
    [
      '# A',
      '',
      '- a',
      '',
      '  > b',
      '  >',
      '  > ```ts x.ts',
      '  > c',
      '  > ```',
      '- d',
      '',
      '| e |',
      '|--:|',
      '| f |',
      '',
      '7. g',
      '8. h',
      '',
      '---',
    ].join('\n'),
    11,
  );
  expect(withInner(blocks).map(({ kind, line }) => `${kind} ${line}`)).toEqual([
    'heading 11',
    'list 13',
    'paragraph 13',
    'quote 15',
    'paragraph 15',
    'fence 17',
    'paragraph 20',
    'table 22',
    'list 26',
    'paragraph 26',
    'paragraph 27',
    'rule 29',
  ]);
  expect(blocks).toMatchObject([
    { level: 1, anchor: 'a' },
    { start: undefined, isTight: false, items: [{ line: 13 }, { line: 20 }] },
    { alignments: ['right'], head: [[{ text: 'e' }]], rows: [[[{ text: 'f' }]]] },
    { start: 7, isTight: true },
    {},
  ]);
});
