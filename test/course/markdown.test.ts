import { expect, test } from 'vitest';
import { readMarkdown } from '../../runner/course/markdown.ts';

test('headings have the anchors that code hosts give them', () => {
  const { headings } = readMarkdown(
    ['# `lab.json`, in short', '', 'Setext & more', '---', '', '## Größe: 1_000 ms?', '', '## Größe: 1_000 ms?'].join(
      '\n',
    ),
    5,
  );
  expect(headings).toEqual([
    { level: 1, text: 'lab.json, in short', anchor: 'labjson-in-short', line: 5 },
    { level: 2, text: 'Setext & more', anchor: 'setext--more', line: 7 },
    { level: 2, text: 'Größe: 1_000 ms?', anchor: 'größe-1_000-ms', line: 10 },
    { level: 2, text: 'Größe: 1_000 ms?', anchor: 'größe-1_000-ms-1', line: 12 },
  ]);
});

test('links know their lines, behind breaks, comments and code of several lines, in lists, quotes and tables', () => {
  const { links } = readMarkdown(
    [
      'One [a](a) and',
      '`code',
      'over lines` <!-- and',
      'a comment --> [b](<b c.md>)  ',
      '[c][ref], ![d](d.png).',
      '',
      '- item',
      '',
      '  > [e](javascript:alert)',
      '',
      '| head |',
      '|---|',
      '| [f](f) |',
      '',
      '[ref]: /c',
      '',
      '    [no](link)',
    ].join('\n'),
  );
  expect(links).toEqual([
    { target: 'a', line: 1 },
    { target: 'b c.md', line: 4 },
    { target: '/c', line: 5 },
    { target: 'd.png', line: 5 },
    { target: 'javascript:alert', line: 9 },
    { target: 'f', line: 13 },
  ]);
});

test('fences keep their info and text, indented or not; HTML is text with a line', () => {
  const { fences, html, blocks } = readMarkdown(
    [
      '<!-- demo x -->',
      '',
      '1. step',
      '',
      '   ```ts lab.ts#a run',
      '   if (x)',
      '     y();',
      '   ```',
      '',
      'n <!-- x.r -->1<!-- / -->',
    ].join('\n'),
  );
  expect(fences).toEqual([{ info: 'ts lab.ts#a run', text: 'if (x)\n  y();\n', line: 5 }]);
  expect(html).toEqual([
    { text: '<!-- demo x -->\n', line: 1 },
    { text: '<!-- x.r -->', line: 10 },
    { text: '<!-- / -->', line: 10 },
  ]);
  expect(blocks).toEqual([
    { kind: 'html_block', line: 1 },
    { kind: 'ordered_list', line: 3 },
    { kind: 'paragraph', line: 10 },
  ]);
});
