// Lines and frames from the subject's side of the pipe, in any pieces and of any content.
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../runner/kit/random.ts';
import { LineReader, parseFromSubject } from '../../runner/subject/frames.ts';

describe('the reader of lines', () => {
  test.each(Array.from({ length: 50 }, (_, seed) => seed))(
    'gives the same lines, however the bytes come: seed %i',
    (seed) => {
      const { int } = randomFrom(String(seed), 'lines');
      const lines = Array.from({ length: 20 }, () => 'añ\u{1f680}'.repeat(int(0, 10)));
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
      const reader = new LineReader(1_000);
      const read: string[] = [];
      for (let from = 0; from < bytes.length;) {
        const to = from + int(1, 40);
        const got = reader.read(bytes.subarray(from, to));
        if (got === 'too-long') throw new Error('too long');
        read.push(...got);
        from = to;
      }
      expect(read).toEqual(lines);
    },
  );

  test('refuses a line that is too long, whole or in pieces', () => {
    expect(new LineReader(10).read(Buffer.from(`${'x'.repeat(10)}\n`))).toEqual(['x'.repeat(10)]);
    expect(new LineReader(10).read(Buffer.from(`${'x'.repeat(11)}\n`))).toBe('too-long');
    const reader = new LineReader(10);
    expect(reader.read(Buffer.from('x'.repeat(10)))).toEqual([]);
    expect(reader.read(Buffer.from('x'))).toBe('too-long');
  });

  test('half a line is none', () => {
    const reader = new LineReader(10);
    expect(reader.read(Buffer.from('abc'))).toEqual([]);
    expect(reader.read(Buffer.from('d\ne'))).toEqual(['abcd']);
  });
});

describe('frames', () => {
  test.each([
    '{"t":"ready"}',
    '{"t":"loaded"}',
    '{"t":"answer","id":1,"ok":true,"value":["u"]}',
    '{"t":"missing","id":1,"name":"a","found":"undefined","exports":["b"]}',
    '{"t":"callback","id":1,"fn":0,"args":[]}',
    '{"t":"exit","code":0,"stack":""}',
    '{"t":"uncaught","rejection":false,"error":{"name":"","message":"","stack":"","code":""}}',
    '{"t":"load-failed","during":"lab","exports":[],"error":{"name":"","message":"","stack":"","code":""}}',
  ])('%s', (line) => {
    expect(parseFromSubject(line)).toEqual(JSON.parse(line));
  });

  test.each([
    '',
    'null',
    '[]',
    '"ready"',
    '{',
    '{"t":"verdict"}',
    '{"t":["ready"]}',
    '{"__proto__":{"t":"ready"}}',
    '{"t":"answer","id":"1","ok":true}',
    '{"t":"answer","id":1e999,"ok":true}',
    '{"t":"answer","id":1.5,"ok":true}',
    '{"t":"answer","id":1,"ok":1}',
    '{"t":"missing","id":1,"name":"a","found":"undefined"}',
    '{"t":"missing","id":1,"name":"a","found":"undefined","exports":{"length":1}}',
    '{"t":"missing","id":1,"name":"a","found":"undefined","exports":[1]}',
    '{"t":"callback","id":1,"fn":0,"args":{"length":1}}',
    '{"t":"exit","code":"0","stack":""}',
    '{"t":"exit","code":0,"stack":{}}',
    '{"t":"uncaught","rejection":false,"error":{"name":"","message":{},"stack":"","code":""}}',
    '{"t":"load-failed","during":"suite","exports":[],"error":{"name":"","message":"","stack":"","code":""}}',
  ])('%s is none', (line) => {
    expect(parseFromSubject(line)).toBe(undefined);
  });

  test('nor is a very deep one', () => {
    expect(parseFromSubject('['.repeat(500_000))).toBe(undefined);
    expect(parseFromSubject(`${'['.repeat(500_000)}${']'.repeat(500_000)}`)).toBe(undefined);
  });
});
