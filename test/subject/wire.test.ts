// The judge's end of the pipes, with the other end in the hands of the test.
import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { EndedError } from '../../runner/subject/endings.ts';
import { maxFrames, maxLineBytes } from '../../runner/subject/frames.ts';
import { thrownBySubject, Wire, type LifeFrame } from '../../runner/subject/wire.ts';

interface Ends {
  readonly wire: Wire;
  readonly frames: LifeFrame[];
  readonly broken: string[];
  /** What the judge wrote, frame by frame. */
  sent(): unknown[];
  /** Writes as the subject would: a frame, or anything. */
  says(...frames: (object | string)[]): Promise<void>;
}

function connect(): Ends {
  const [to, from] = [new PassThrough(), new PassThrough()];
  const [frames, broken]: [LifeFrame[], string[]] = [[], []];
  const wire = new Wire(to, from, {
    onFrame: (frame) => frames.push(frame),
    onBroken: (reason) => broken.push(reason),
    onThrown: (error) => (error as Error).message === "the suite's own secret",
  });
  return {
    wire,
    frames,
    broken,
    sent() {
      let text = '';
      for (let chunk = to.read() as Buffer | null; chunk; chunk = to.read() as Buffer | null) text += chunk.toString();
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as unknown);
    },
    async says(...said) {
      for (const frame of said) from.write(typeof frame === 'string' ? frame : `${JSON.stringify(frame)}\n`);
      await turn();
      await turn();
    },
  };
}

const read = (wire: Wire) => wire.ask((id) => ({ t: 'read', id, module: 'lab', name: 'x' }));
const answer = (id: number, value: unknown, ok = true) => ({ t: 'answer', id, ok, value });

test('each answer finds its question, in any order', async () => {
  const { wire, says } = connect();
  const [first, second] = [read(wire), read(wire)];
  await says(answer(2, 'b'), answer(1, 'a'));
  expect(await Promise.all([first, second])).toEqual(['a', 'b']);
});

test('an answer to nothing that was asked is dropped, before the question and after it', async () => {
  const { wire, says, broken } = connect();
  await says(answer(1, 'too early'), answer(-1, 1), answer(99, 1));
  const asked = read(wire);
  await says(answer(1, 'right'), answer(1, 'again'), answer(1, ['z']));
  expect(await asked).toBe('right');
  expect(broken).toEqual([]);
});

test('what was thrown is known to be of the subject', async () => {
  const { wire, says } = connect();
  const asked = read(wire);
  await says(answer(1, ['e', 'EndedError', 'thrown', '', []], false));
  const error: unknown = await asked.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(EndedError);
  expect(thrownBySubject.has(error as Error)).toBe(true);
});

test('a callback is answered with what it gives or throws, and not with where that was made', async () => {
  const { wire, says, sent } = connect();
  const error = Object.assign(new RangeError('no'), { code: 'E1' });
  wire.encodeAll([
    (x: number) => x + 1,
    () => {
      throw error;
    },
  ]);
  await says({ t: 'callback', id: 7, fn: 0, args: [1] });
  await says({ t: 'callback', id: 8, fn: 1, args: [] });
  expect(sent()).toEqual([
    { t: 'reply', id: 7, ok: true, value: 2 },
    { t: 'reply', id: 8, ok: false, value: ['e', 'RangeError', 'no', 'RangeError: no', [['code', 'E1']]] },
  ]);
});

test('the failure of the test itself is not told', async () => {
  const { wire, says, sent } = connect();
  wire.encodeAll([
    () => {
      throw Object.assign(new Error("the suite's own secret"), { expected: 42 });
    },
  ]);
  await says({ t: 'callback', id: 1, fn: 0, args: [] });
  expect(sent()).toEqual([]);
});

test('after the test, its functions answer nothing', async () => {
  const { wire, says, sent } = connect();
  let calls = 0;
  wire.encodeAll([() => (calls += 1)]);
  wire.takeFunctionsBack();
  const [value] = wire.encodeAll([() => 'of the next test']);
  await says({ t: 'callback', id: 1, fn: 0, args: [] });
  await says({ t: 'callback', id: 2, fn: (value as readonly [string, number])[1], args: [] });
  expect(sent()).toEqual([{ t: 'reply', id: 2, ok: true, value: 'of the next test' }]);
  expect(calls).toBe(0);
});

test('a callback to no function, and one that gives what cannot cross, end nothing', async () => {
  const { wire, says, sent, broken } = connect();
  const round: unknown[] = [];
  round.push(round);
  wire.encodeAll([() => round]);
  await says({ t: 'callback', id: 1, fn: 5, args: [] }, { t: 'callback', id: 2, fn: -1, args: [] });
  await says({ t: 'callback', id: 3, fn: 0, args: [] });
  expect(sent()).toMatchObject([{ t: 'reply', id: 3, ok: false }]);
  expect(broken).toEqual([]);
});

test.each([
  ['something that is no frame', ['nonsense\n'], 'something that is no message'],
  ['an answer that is no value', [answer(1, ['z'])], 'an unknown tag'],
  ['a callback with what is no value', [{ t: 'callback', id: 1, fn: 0, args: [['z']] }], 'an unknown tag'],
  ['a line that is too long', ['x'.repeat(maxLineBytes + 1)], 'more than 1024 KiB'],
  ['too many frames', ['{"t":"ready"}\n'.repeat(maxFrames + 1)], `more than ${maxFrames} messages`],
])('%s breaks it, once, and nothing counts after that', async (_, said, reason) => {
  const { wire, says, broken } = connect();
  wire.encodeAll([() => 1]);
  const asked = read(wire);
  await says(...said);
  expect(broken).toEqual([expect.stringContaining(reason)]);
  await says(answer(1, 'late'), 'nonsense\n');
  expect(broken).toHaveLength(1);
  wire.end({ kind: 'wire', reason });
  await expect(asked).rejects.toThrow(EndedError);
});

test('muted, it hears nothing', async () => {
  const { wire, says, frames } = connect();
  const asked = read(wire);
  wire.mute();
  await says(answer(1, 'late'), { t: 'exit', code: 0, stack: '' });
  wire.end({ kind: 'cancelled' });
  await expect(asked).rejects.toThrow(EndedError);
  expect(frames).toEqual([]);
});

test('what was asked of one that has ended, and what nobody waits for, end no process', async () => {
  const lost: unknown[] = [];
  const listener = (reason: unknown): number => lost.push(reason);
  process.on('unhandledRejection', listener);
  const { wire, says } = connect();
  void read(wire);
  const made = read(wire);
  await says(answer(2, ['f', 0]));
  void ((await made) as () => Promise<unknown>)();
  wire.end({ kind: 'cancelled' });
  await expect(read(wire)).rejects.toThrow(EndedError);
  await turn();
  process.off('unhandledRejection', listener);
  expect(lost).toEqual([]);
});

test('a function of an answer that is called without waiting is counted', async () => {
  const { wire, says } = connect();
  const asked = read(wire);
  await says(answer(1, ['o', [['includes', ['f', 3]]]]));
  const found = (await asked) as { includes(x: number): Promise<boolean> };

  // As a condition would.
  expect(Boolean(found.includes(1))).toBe(true);
  expect(wire.takeUnheard()).toBe(1);
  expect(wire.takeUnheard()).toBe(0);

  const waits: (() => Promise<unknown>)[] = [
    async () => await found.includes(1),
    () => Promise.all([found.includes(1), Promise.resolve()]),
    () => found.includes(1).then((held) => held),
    async () => found.includes(1),
    () => found.includes(1).catch(() => {}),
    () => found.includes(1).finally(() => {}),
  ];
  for (const [index, wait] of waits.entries()) {
    const waiting = wait();
    await says(answer(index + 3, true));
    await waiting;
    expect(wire.takeUnheard()).toBe(0);
  }
});
