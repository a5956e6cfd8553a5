import { expect, test } from 'vitest';
import { loadCodeColours } from '../../runner/terminal/code-colours.ts';
import { paintSpans } from '../../runner/terminal/spans.ts';
import { plainStyle, type Style } from '../../runner/terminal/style.ts';

/** Colours that can be read in a test. */
const style: Style = {
  ...plainStyle,
  hasColour: true,
  keyword: (text) => `<keyword ${text}>`,
  string: (text) => `<string ${text}>`,
  number: (text) => `<number ${text}>`,
  quiet: (text) => `<quiet ${text}>`,
  accent: (text) => `<name ${text}>`,
};
const languages = new Set(['ts', 'js', 'py', 'cobol']);

async function coloured(code: string, language: string): Promise<string[]> {
  const colourCode = await loadCodeColours(languages, style);
  return colourCode(code, language).map(paintSpans);
}

test('the parts of a program in TypeScript', async () => {
  expect(
    await coloured(
      [
        '/* a comment',
        '   of two lines */',
        'export async function join<T>(thread: Worker, n = 1_000): Promise<T> {',
        '  return `total ${await thread.terminate()}` as T; // "done"',
        '}',
        '',
      ].join('\n'),
      'ts',
    ),
  ).toEqual([
    '<quiet /* a comment>',
    '<quiet    of two lines */>',
    '<keyword export> <keyword async> <keyword function> <name join><<name T>>(thread: <name Worker>, n = <number 1_000>): <name Promise><<name T>> {',
    '  <keyword return> <string `total >${<keyword await> thread.terminate()}<string `> <keyword as> <name T>; <quiet // "done">',
    '}',
  ]);
});

test('the parts of a program in Python', async () => {
  expect(
    await coloured('class Counter(Thread):\n    def run(self) -> None:  # counts\n        print("a", 0.5)\n', 'py'),
  ).toEqual([
    '<keyword class> <name Counter>(Thread):',
    '    <keyword def> <name run>(self) -> <number None>:  <quiet # counts>',
    '        print(<string "a">, <number 0.5>)',
  ]);
});

test('code that is wrong, or in no known language, is shown all the same', async () => {
  expect((await coloured('const = ((;\n}} "', 'ts')).join('\n').replaceAll(/<\w+ |>/g, '')).toBe('const = ((;\n}} "');
  expect(await coloured('MOVE A TO B.\n', 'cobol')).toEqual(['MOVE A TO B.']);
  expect(await coloured('x\n', 'toString')).toEqual(['x']);
});

test('nothing that a terminal would obey comes through, and tabs have a width', async () => {
  expect(await coloured('\tf("\x1b[2J\u202e");\n', 'js')).toEqual(['  f(<string "\\x1b[2J\\u202e">);']);
});

test('where there are no colours no parser is loaded', async () => {
  const colourCode = await loadCodeColours(languages, plainStyle);
  expect(colourCode('const x = 1;\n\ny\n', 'ts')).toEqual([
    [{ text: 'const x = 1;' }],
    [{ text: '' }],
    [{ text: 'y' }],
  ]);
});
