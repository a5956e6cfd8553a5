// The learner's lines in what V8 prints, and nothing else.
import { describe, expect, test } from 'vitest';
import { beforeNodesWords, loadFailure, whereSyntaxBroke } from '../../runner/subject/load-failure.ts';
import { placesIn, urlPlace } from '../../runner/subject/places.ts';

const stage = '/tmp/interleave-1-abcdef';

describe('places in a stack', () => {
  test('are none with a line break or an escape in the name of the file', () => {
    for (const name of ['a%0ab', 'a%0d', 'a%1b[2J', 'a%7f', 'a%c2%9b'])
      expect(placesIn(`    at run (file://${stage}/${name}.ts:1:1)`, stage)).toEqual([]);
  });

  test('are those on the stage, innermost first, with the names that the learner gave', () => {
    const stack = [
      'Error: at file:///tmp/interleave-1-abcdef/lab.ts:1:1',
      '    at inner (file:///tmp/interleave-1-abcdef/lib/help.ts:3:7)',
      '    at Timeout.outer [as _onTimeout] (file:///tmp/interleave-1-abcdef/lab.ts:9:2)',
      '    at Timeout._onTimeout (file:///tmp/interleave-1-abcdef/lab.ts:10:2)',
      '    at async run (file:///tmp/interleave-1-abcdef/lab.ts?fresh:12:5)',
      '    at file:///tmp/interleave-1-abcdef/lab.ts:20:1',
      '    at Object.<anonymous> (/tmp/interleave-1-abcdef/mapped.ts:21:1)',
      '    at answer (file:///course/runner/subject/subject-main.ts:1:1)',
      '    at node:internal/timers:1:1',
    ].join('\n');
    expect(placesIn(stack, stage).map(({ file, line, within }) => `${file}:${line} ${within}`)).toEqual([
      'lib/help.ts:3 inner',
      'lab.ts:9 outer',
      'lab.ts:10 ',
      'lab.ts:12 run',
      'lab.ts:20 ',
      'mapped.ts:21 ',
    ]);
  });

  test('of another folder are none, however it begins', () => {
    for (const url of [
      'file:///tmp/interleave-1-abcdefg/lab.ts',
      'file:///etc/passwd',
      'file:///tmp/interleave-1-abcdef/../../etc/passwd',
      'file:///tmp/interleave-1-abcdef/%2e%2e/%2e%2e/etc/passwd',
      'http://tmp/interleave-1-abcdef/lab.ts',
    ]) {
      expect({ url, place: urlPlace(url, 1, 1, '', stage) }).toEqual({ url, place: undefined });
    }
  });

  test('of a stack that was made to be read for ever are found at once, or not at all', () => {
    for (const part of [' ', '/', ':1', '(', 'at ', '    at x (', 'file:///', '\n', ' ( ( (', '/:1:1']) {
      const stack = `    at ${part.repeat(1_000_000 / part.length)}`;
      expect(placesIn(stack, stage)).toEqual([]);
      expect(whereSyntaxBroke(stack, stage).at).toBe(undefined);
      expect(whereSyntaxBroke(part.repeat(1_000_000 / part.length), stage).at).toBe(undefined);
    }
  });
});

test('of a text that ends too soon no line is shown, least of all one of whoever has thrown the error again', () => {
  const printed = [
    `${stage}/lab.ts:29`,
    '',
    '  /** Calls the body while this thread has the lock. Returns what',
    '',
    'file:///course/runner/subject/subject-main.ts:126',
    '        throw error;',
    '        ^',
    '',
    'SyntaxError [ERR_INVALID_TYPESCRIPT_SYNTAX]: Unexpected eof',
  ].join('\n');
  const { at, excerpt } = whereSyntaxBroke(printed, stage);
  expect(at).toMatchObject({ file: 'lab.ts', line: 29 });
  expect(excerpt).toBe('');
});

describe('why a module could not be loaded', () => {
  const failed = (name: string, message: string, stack = '', code = '', during: 'lab' | 'driver' = 'lab') => ({
    error: { name, message, stack, code },
    during,
    exports: ['runs'],
  });

  test('a place above the error is where its text broke', () => {
    const stack =
      'file:///tmp/interleave-1-abcdef/lab.ts:3\nconst a = ;\n          ^\n\nSyntaxError: x\n    at node:internal:1:1';
    expect(loadFailure(failed('SyntaxError', 'x', stack), stage, '')).toMatchObject({
      kind: 'syntax-error',
      at: { file: 'lab.ts', line: 3 },
      excerpt: 'const a = ;\n          ^',
    });
  });
  test('it may come in what was printed', () => {
    const printed = `chatter\n${stage}/lab.ts:3\nconst a = ;\n          ^\n`;
    expect(loadFailure(failed('SyntaxError', 'x'), stage, printed)).toMatchObject({
      at: { file: 'lab.ts', line: 3 },
    });
  });
  test('a SyntaxError of code that ran is an error of the import', () => {
    const stack = `SyntaxError: x\n    at JSON.parse (<anonymous>)\n    at file://${stage}/lab.ts:4:6`;
    expect(loadFailure(failed('SyntaxError', 'x', stack), stage, '')).toMatchObject({
      kind: 'import-error',
      at: { line: 4 },
    });
  });
  test('an export that the driver misses is missing', () => {
    const said = "The requested module './lab.ts' does not provide an export named 'run'";
    expect(loadFailure(failed('SyntaxError', said, '', '', 'driver'), stage, '')).toMatchObject({
      kind: 'missing-export',
      name: 'run',
      exports: ['runs'],
    });
    expect(loadFailure(failed('SyntaxError', said), stage, '')).toMatchObject({ kind: 'import-error' });
  });
  test('a refusal is known by its code', () => {
    expect(loadFailure(failed('Error', 'x', '', 'INTERLEAVE_REFUSED'), stage, '')).toMatchObject({
      kind: 'refused-import',
    });
  });
  test("what Node calls its own bug is said in the learner's words", () => {
    expect(
      loadFailure(failed('Error', 'memory access out of bounds', '', 'ERR_INTERNAL_ASSERTION'), stage, ''),
    ).toMatchObject({
      kind: 'import-error',
      error: { message: expect.stringContaining('nested too deeply') as string },
    });
  });
});

describe("what the learner's code printed", () => {
  const entry = new URL('../../runner/subject/subject-main.ts', import.meta.url).href;
  const chatter =
    'one\n/tmp/interleave-1-abcdef/lab.ts\nfile:///etc/lab.ts:3\n  file:///tmp/interleave-1-abcdef/lab.ts:4';

  test.each([
    ['V8 shows the line', 'file:///tmp/interleave-1-abcdef/lib/help.ts:12\nreturn (1;\n'],
    ['Node shows its own line', `${entry}:136\n        throw error;\n        ^\n\nSyntaxError: x\n`],
    ['Node has said nothing yet', ''],
  ])('ends where %s', (_, nodes) => {
    expect(beforeNodesWords(`${chatter}\n${nodes}`, stage)).toBe(`${chatter}\n`);
  });
});
