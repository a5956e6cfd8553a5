// What is kept of what a program prints: its beginning, its end and how much it was, however it comes.
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { randomFrom } from '../../runner/kit/random.ts';
import { Printed } from '../../runner/subject/printed.ts';

function listen(): { stream: PassThrough; printed: Printed } {
  const stream = new PassThrough();
  return { stream, printed: new Printed([stream], () => {}) };
}

test.each([1, 2, 3, 4, 5])('characters that come in pieces are put together: seed %i', (seed) => {
  const { int } = randomFrom(String(seed), 'pieces');
  const text = 'añ漢\u{1f680}\n'.repeat(200);
  const bytes = Buffer.from(text);
  const { stream, printed } = listen();
  for (let from = 0; from < bytes.length;) {
    const to = from + int(1, 7);
    stream.emit('data', bytes.subarray(from, to));
    from = to;
  }
  expect(printed.beginning).toBe(text);
  expect(printed.bytes).toBe(bytes.length);
});

test('of a flood the beginning and the end are kept, and it is counted whole', () => {
  const { stream, printed } = listen();
  stream.emit('data', Buffer.from('first\n'));
  for (let n = 0; n < 100; n += 1) stream.emit('data', Buffer.alloc(64 * 1024, '.'));
  stream.emit('data', Buffer.from('last'));
  expect(printed.beginning).toHaveLength(16 * 1024);
  expect(printed.beginning.startsWith('first\n..')).toBe(true);
  expect(printed.end).toHaveLength(4 * 1024);
  expect(printed.end.endsWith('..last')).toBe(true);
  expect(printed.bytes).toBe(10 + 100 * 64 * 1024);
});

test('after it was stopped it hears nothing', () => {
  const { stream, printed } = listen();
  stream.emit('data', Buffer.from('mine'));
  printed.stop();
  stream.emit('data', Buffer.from("Node's"));
  expect([printed.beginning, printed.end, printed.bytes]).toEqual(['mine', 'mine', 4]);
});
