import { expect, test } from 'vitest';
import { readBlocks } from '../../runner/course/markdown-blocks.ts';
import { blockLines } from '../../runner/terminal/block-lines.ts';
import { plainCode } from '../../runner/terminal/code-colours.ts';
import { plainStyle } from '../../runner/terminal/style.ts';

function lines(markdown: string, columns: number): string[] {
  return blockLines(readBlocks(markdown), {
    columns,
    style: plainStyle,
    folder: 'lessons/11-threads',
    colourCode: plainCode,
  });
}

const table = [
  '| name | what it is | costs |',
  '|:--|---|--:|',
  '| `thread` | a stack and a heap | 30 µs |',
  '| 日本 | | 1 |',
].join('\n');

test('a table that fits is as wide as what stands in it', () => {
  expect(lines(table, 80)).toEqual([
    'name      what it is          costs',
    '--------  ------------------  -----',
    '`thread`  a stack and a heap  30 µs',
    '日本                              1',
  ]);
});

test('its widest columns give way first, and rows are told apart then', () => {
  expect(lines(table, 27)).toEqual([
    'name      what it is  costs',
    '--------  ----------  -----',
    '`thread`  a stack     30 µs',
    '          and a heap',
    '',
    '日本                      1',
  ]);
});

test('what cannot stand side by side stands row below row', () => {
  expect(lines(table, 18)).toEqual([
    'name: `thread`',
    '  what it is: a',
    '    stack and a',
    '    heap',
    '  costs: 30 µs',
    '',
    'name: 日本',
    '  what it is:',
    '  costs: 1',
  ]);
});

test('a link says where it leads, unless its words do', () => {
  const way = (target: string) => lines(`[it](${target})`, 80)[0];
  expect(way('../14-race-conditions/lesson.md#page')).toBe('it (lesson 14)');
  expect(way('../14-race-conditions/')).toBe('it (lesson 14)');
  expect(way('../../labs/14-race-conditions/1-lost-updates/README.md')).toBe('it (lab 14.1)');
  expect(way('../../labs/14-race-conditions/1-lost-updates/lab.ts')).toBe(
    'it (labs/14-race-conditions/1-lost-updates/lab.ts)',
  );
  expect(way('<snippets/a%20b.ts>')).toBe('it (lessons/11-threads/snippets/a b.ts)');
  expect(way('snippets/%E0.ts')).toBe('it (lessons/11-threads/snippets/%E0.ts)');
  expect(way('https://nodejs.org')).toBe('it (https://nodejs.org)');
  expect(way('#one-page')).toBe('it');
  expect(lines('[lesson 14](../14-race-conditions/lesson.md), <https://nodejs.org>', 80)).toEqual([
    'lesson 14, https://nodejs.org',
  ]);
});

test('lists and quotes are indented at any depth, and never narrower than something can stand in', () => {
  expect(lines('9. nine\n10. ten\n    - a\n      > b\n', 80)).toEqual([' 9. nine', '10. ten', '    - a', '      | b']);
  const deep = lines(`${Array.from({ length: 30 }, (_, depth) => `${'  '.repeat(depth)}- deep`).join('\n')}\n`, 40);
  expect(deep.at(-1)?.trim()).toBe('- deep');
});

test('nothing that a terminal would obey comes through', () => {
  const text = lines('a\x1b[2Jb `c\u202ed` [e](<f\u202eg>)\n\n```text\n\x1b]0;title\x07\n```\n', 80).join('\n');
  expect(text).toBe('a\\x1b[2Jb `c\\u202ed` e (lessons/11-threads/f\\u202eg)\n\n  \\x1b]0;title\\x07');
});
