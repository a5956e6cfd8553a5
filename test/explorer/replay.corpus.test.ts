// Schedules that the explorer found, on real threads. What they come to is seen on the threads and on the memory that they share.
import { expect, test } from 'vitest';
import {
  replayExitCode,
  replayOnThreads,
  differenceFrom,
  type ThreadsReplay,
} from '../../runner/explorer/real-threads/replay-on-threads.ts';
import { replayLines, replayProblem } from '../../runner/explorer/real-threads/replay-lines.ts';
import { loadScenario } from '../../runner/explorer/scenario.ts';
import { readToken, type Token } from '../../runner/explorer/engine/schedule.ts';
import type { Move } from '../../runner/explorer/engine/state-space.ts';
import { plainStyle } from '../../runner/terminal/style.ts';
import { displayWidth } from '../../runner/terminal/wrap.ts';
import { differenceIn, failingScenarios, foundAndReplayed, type FailingScenario } from './failing-corpus.ts';
import { scenarioFile, writtenScenario } from './explored.ts';

/** How many of each kind: `npm test` takes a part, .ci/run takes all (replay-corpus-main.ts). */
const spread = { assertion: 5, exception: 1, invariant: 2, deadlock: 3, livelock: 2, race: 2 };

function spreadOf(all: readonly FailingScenario[]): FailingScenario[] {
  return Object.entries(spread).flatMap(([kind, most]) => {
    const some = all.filter((scenario) => scenario.kind === kind);
    const count = Math.min(most, some.length);
    return Array.from({ length: count }, (_, at) => some[Math.floor((at * some.length) / count)] as FailingScenario);
  });
}

const chosen = spreadOf(failingScenarios());

test('there are schedules of each kind to lead real threads through', () => {
  expect(new Set(chosen.map(({ kind }) => kind)).size).toBe(6);
});

const replays: ThreadsReplay[] = [];

test.each(chosen)('on real threads $name comes to the same $kind, step by step', async ({ file, kind }) => {
  const { replay } = await foundAndReplayed(file);
  replays.push(replay);
  expect(differenceIn(replay, kind)).toBeUndefined();
  expect(replayExitCode(replay)).toBe(1);
});

test('the lines fit a narrow terminal and say what was seen', () => {
  expect(replays).toHaveLength(chosen.length);
  for (const replay of replays) {
    if (replay.kind !== 'replayed') throw new Error(replay.kind);
    const lines = replayLines(replay, true, { columns: 60, style: plainStyle, cwd: '/' });
    expect(lines[0]).toBe('On real threads: the same failure.');
    expect(Math.max(...lines.map(displayWidth))).toBeLessThan(60);
  }
});

const head = "import { i32 } from 'interleave/kit/scenario';\n";

function moves(...threads: (number | `${number}x`)[]): Move[] {
  return threads.map((turn) => ({
    thread: Number.parseInt(String(turn)),
    kind: String(turn).endsWith('x') ? 'expiry' : 'operation',
  }));
}

function tokenOf(file: string, schedule: readonly Move[], repeatsFrom?: number): Token {
  const scenario = loadScenario(file);
  if (scenario.kind !== 'threads') throw new Error(scenario.reason);
  return { memory: 'sc', digest: scenario.digest, moves: schedule, repeatsFrom };
}

async function conducted(file: string, schedule: readonly Move[], repeatsFrom?: number) {
  const replay = await replayOnThreads(file, tokenOf(file, schedule, repeatsFrom));
  if (replay.kind !== 'replayed') throw new Error(JSON.stringify(replay));
  return replay;
}

/** Reads, then writes what it has read and one more. */
const increments = `${head}
export const threads = 2;
export const setup = () => ({ counter: i32(1) });
export const thread = (_id: number, { counter }: ReturnType<typeof setup>) => { counter[0]!++; };
export const final = ({ counter }: ReturnType<typeof setup>) => counter[0] === 2;
`;

test('the schedule decides, and nothing else: one after the other, both increments count', async () => {
  const file = writtenScenario(increments);
  const good = await conducted(file, moves(0, 0, 1, 1));
  expect(good.conducted.failure).toBeUndefined();
  expect(good.conducted.steps.map(({ result, after }) => [result, after])).toEqual([
    [0, 0],
    [undefined, 1],
    [1, 1],
    [undefined, 2],
  ]);
  expect(replayExitCode(good)).toBe(0);
  const bad = await conducted(file, moves(0, 1, 0, 1));
  expect(bad.conducted.failure?.kind).toBe('assertion');
  expect(bad.conducted.steps.map(({ after }) => after)).toEqual([0, 0, 1, 1]);
  expect(replayExitCode(bad)).toBe(1);
});

test('a notify wakes who has slept longest, a wait that runs out wakes by itself', async () => {
  const file = writtenScenario(`${head}
    export const threads = 4;
    export const setup = () => ({ word: i32(1) });
    export function thread(id: number, { word }: ReturnType<typeof setup>) {
      if (id === 0) Atomics.notify(word, 0, 2);
      else Atomics.wait(word, 0, 0, id === 3 ? 60_000 : undefined);
    }`);
  const woken = await conducted(file, moves(2, 1, 3, 0));
  expect(woken.conducted.steps.at(-1)).toMatchObject({ result: 2, woken: [2, 1] });
  expect(woken.conducted.standings.map(({ kind }) => kind)).toEqual(['ended', 'ended', 'ended', 'sleeps']);
  // Who sleeps for a minute at most is no deadlock.
  expect(woken.conducted.failure).toBeUndefined();
  const expired = await conducted(file, moves(3, 1, '3x', 0));
  expect(expired.conducted.steps.map(({ result }) => result)).toEqual([undefined, undefined, 'timed-out', 1]);
});

test('of a deadlock V8 itself counts who is asleep', async () => {
  const file = scenarioFile('futex-store-to-unlock');
  const { replay } = await foundAndReplayed(file);
  expect(replay).toMatchObject({ kind: 'replayed', conducted: { asleep: 1, failure: { kind: 'deadlock' } } });
});

test('a livelock goes three times round, and what does not come round is told', async () => {
  const { failure, replay } = await foundAndReplayed(scenarioFile('after-you'));
  if (replay.kind !== 'replayed') throw new Error(replay.kind);
  const turn = failure.steps.length - (failure.repeatsFrom ?? 0);
  expect(replay.conducted.steps).toHaveLength((failure.repeatsFrom ?? 0) + 3 * turn);
  const { conducted: off } = await conducted(writtenScenario(increments), moves(0, 1), 1);
  expect(off.failure).toBeUndefined();
  expect(off.stuck).toBeDefined();
});

test('who starves while others go round has no livelock', async () => {
  const file = writtenScenario(`${head}
    export const threads = 2;
    export const setup = () => ({ word: i32(1) });
    export function thread(id: number, { word }: ReturnType<typeof setup>) {
      if (id === 1) while (Atomics.load(word, 0) === 0);
      else Atomics.store(word, 0, 1);
    }`);
  const { conducted: starving } = await conducted(file, moves(1, 1), 1);
  expect(starving.failure).toBeUndefined();
  expect(starving.stuck).toContain('thread 0 could go on');
});

test('a thread that never comes to its next access is a livelock', async () => {
  const file = writtenScenario(`${head}
    export const threads = 2;
    export const setup = () => ({ word: i32(1) });
    export function thread(id: number, { word }: ReturnType<typeof setup>) {
      if (Atomics.add(word, 0, 1) === 1) for (;;);
    }`);
  const { conducted: done } = await conducted(file, moves(1, 0));
  expect(done.failure?.kind).toBe('livelock');
  expect(done.standings.map(({ kind }) => kind)).toEqual(['hung', 'ended']);
});

test('every kind of view and every operation does on real memory what the explorer has', async () => {
  const file = writtenScenario(`
    export const threads = 1;
    export function setup() {
      const buffer = () => new SharedArrayBuffer(16);
      return {
        bytes: new Uint8Array(buffer(), 3, 4), clamped: new Uint8ClampedArray(buffer()), shorts: new Int16Array(buffer(), 2),
        floats: new Float32Array(buffer()), doubles: new Float64Array(buffer()), bigs: new BigInt64Array(buffer()),
        data: new DataView(buffer(), 1),
      };
    }
    export function thread(_id: number, { bytes, clamped, shorts, floats, doubles, bigs, data }: ReturnType<typeof setup>) {
      Atomics.store(bytes, 1, 255); Atomics.add(bytes, 1, 2); Atomics.sub(bytes, 0, 1); Atomics.or(bytes, 2, 6);
      Atomics.and(bytes, 2, 3); Atomics.xor(bytes, 2, 7); Atomics.exchange(bytes, 3, 9);
      clamped[1] = 300; shorts[0] = -3; floats[1] = 0.1; doubles[1] = -0; bigs[1] = -5n;
      Atomics.compareExchange(bigs, 1, -5n, 7n); Atomics.wait(bigs, 0, 1n); Atomics.notify(bigs, 0);
      data.setInt32(1, -2); data.setFloat64(6, 0.5, true); data.getUint16(1);
      if (doubles[1] !== 0 || bigs[1] !== 7n || clamped[1] !== 255 || data.getInt32(1) !== -2) throw new Error('wrong');
    }
    export const final = () => false;`);
  const { failure, replay } = await foundAndReplayed(file);
  expect(failure.steps.length).toBeGreaterThan(20);
  expect(differenceIn(replay, 'assertion')).toBeUndefined();
});

test('what is not as the explorer has it is told, whatever it is', async () => {
  const { failure, replay } = await foundAndReplayed(scenarioFile('lost-update-plain'));
  if (replay.kind !== 'replayed') throw new Error(replay.kind);
  const { conducted: real, scenario } = replay;
  const difference = (expected: typeof failure) => differenceFrom(expected, real, scenario);
  expect(difference(failure)).toBeUndefined();
  expect(difference({ ...failure, kind: 'deadlock' })).toContain('assertion, not deadlock');
  expect(difference({ ...failure, said: 'other' })).toContain('"other"');
  const steps = failure.steps.map((step, index) => (index === 1 ? { ...step, result: 7, before: 7, after: 7 } : step));
  expect(difference({ ...failure, steps })).toContain('Step 2 of thread 1 is "read counter[0]: 0"');
  expect(difference({ ...failure, standings: [] })).toContain('ended, ended');
});

test('a schedule that the threads cannot follow ends where they cannot', async () => {
  const file = writtenScenario(increments);
  const over = await conducted(file, moves(0, 0, 0));
  expect(over.conducted).toMatchObject({ failure: undefined, stuck: 'thread 0 has ended where its next step is due' });
  expect(replayExitCode(over)).toBe(2);
  const nobody = await conducted(file, moves(0, 7));
  expect(nobody.conducted.stuck).toContain('thread 7');
  const early = await conducted(file, moves('1x'));
  expect(early.conducted.stuck).toContain('has not slept');
  expect(replayLines(early, false, { columns: 60, style: plainStyle, cwd: '/' }).join('\n')).toContain('cannot go on');
});

test('store buffers and another text of the scenario are refused, with a message', async () => {
  const file = writtenScenario(increments);
  const token = tokenOf(file, moves(0, 1));
  const tso = await replayOnThreads(file, { ...token, memory: 'tso' });
  expect(tso).toMatchObject({ kind: 'refused' });
  expect(replayExitCode(tso)).toBe(2);
  const other = await replayOnThreads(file, { ...token, digest: '00000000' });
  expect(other).toMatchObject({ kind: 'refused', reason: expect.stringContaining('another text') as string });
  const tasks = await replayOnThreads(
    writtenScenario('export const tasks = 2;\nexport const setup = () => ({});\nexport async function task() {}'),
    token,
  );
  if (tasks.kind === 'replayed') throw new Error('async tasks on threads');
  expect(replayProblem(tasks, file, { cwd: '/' }).message).not.toBe('');
  expect(readToken('sc-00000000-0*2~')).toBeUndefined();
  expect(readToken(`sc-00000000-${Array.from({ length: 99 }, () => '0*99999').join('.')}`)).toBeUndefined();
});
