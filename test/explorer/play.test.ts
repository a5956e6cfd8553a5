// Being the scheduler: what a walk comes to, beside what the explorer found; and what follows from keys.
import { expect, test } from 'vitest';
import { playPicture } from '../../runner/explorer/play/play-picture.ts';
import { arrived, firstPosition, playOn, type Player, type Position } from '../../runner/explorer/play/player.ts';
import { WalkEnded, WalkProcess } from '../../runner/explorer/play/walk-process.ts';
import { readSources } from '../../runner/explorer/picture/sources.ts';
import type { Walk } from '../../runner/explorer/engine/walk.ts';
import { plainStyle } from '../../runner/terminal/style.ts';
import { displayWidth } from '../../runner/terminal/wrap.ts';
import { explored, scenarioFile, walkHere, writtenScenario } from './explored.ts';

const head = "import { i32 } from 'interleave/kit/scenario';\n";

async function failureOf(name: string) {
  const { exploration } = await explored(scenarioFile(name));
  if (exploration.kind !== 'failed') throw new Error(`${name} does not fail`);
  return exploration.failure;
}

test.each([
  'bounded-buffer-one-condition',
  'condition-if',
  'hyman',
  'lost-update-plain',
  'peterson-plain',
  'test-then-set',
])("%s: whoever takes the explorer's way sees what it saw", async (name) => {
  const failure = await failureOf(name);
  const walk = await walkHere(scenarioFile(name), failure.kind === 'race');
  const turns = failure.moves.map(({ thread }) => thread);
  const before = await walk.at(turns.slice(0, -1));
  expect(before.ending).toBeUndefined();
  const there = await walk.at([...turns, 0, 1, 0]);
  expect(there).toMatchObject({ moves: failure.moves, steps: failure.steps, standings: failure.standings });
  expect(there.preemptions).toBe(failure.preemptions);
  expect(there.ending).toMatchObject({ kind: 'failure', failure: { kind: failure.kind, said: failure.said } });
  expect(there.choices.filter((choice) => choice !== undefined)).toEqual([]);
});

test('whoever goes round and round with everybody has found a livelock, and whoever starves one has not', async () => {
  const { moves, repeatsFrom } = await failureOf('after-you');
  const turns = moves.map(({ thread }) => thread);
  const round = turns.slice(repeatsFrom);
  const walk = await walkHere(scenarioFile('after-you'));
  const there = await walk.at([...turns, ...round, ...round]);
  expect(there.ending).toMatchObject({ kind: 'failure', failure: { kind: 'livelock' } });
  // Thread 1 holds the lock, and thread 0 spins.
  const spinning = await walkHere(scenarioFile('test-and-set'));
  const starved = await spinning.at([1, ...Array.from({ length: 30 }, () => 0)]);
  expect(starved.moves).toHaveLength(31);
  expect(starved.ending).toBeUndefined();
});

test.each(['peterson', 'barrier-counter', 'semaphore'])(
  '%s: no order that comes to mind breaks what is right',
  async (name) => {
    const walk = await walkHere(scenarioFile(name));
    const random = randomNumbers(name);
    for (let game = 0; game < 20; game += 1) {
      const { where } = await playedAtRandom(walk, random, 300);
      if (where.ending) expect(where.ending).toEqual({ kind: 'ended' });
    }
  },
);

test('what a thread remembers of a loop is not forgotten however often it went round', async () => {
  const file = writtenScenario(`${head}
    export const threads = 2;
    export function setup() { return { flag: i32(1), saw: i32(1) }; }
    export function thread(id: number, { flag, saw }: ReturnType<typeof setup>) {
      if (id === 1) { Atomics.store(flag, 0, 1); Atomics.store(flag, 0, 2); return; }
      let hasSeen = 0;
      for (let seen = 0; seen !== 2; seen = Atomics.load(flag, 0)) if (seen === 1) hasSeen = 1;
      Atomics.store(saw, 0, hasSeen);
    }`);
  const walk = await walkHere(file);
  const there = await walk.at([0, 0, 0, 1, 0, 0, 1, 0, 0]);
  expect(there.steps.at(-1)).toMatchObject({ after: 1, operation: { name: 'store' } });
  expect(there.ending).toEqual({ kind: 'ended' });
});

test('what a thread counts in a loop is right', async () => {
  const file = writtenScenario(`${head}
    export const threads = 2;
    export function setup() { return { flag: i32(1), turns: i32(1) }; }
    export function thread(id: number, { flag, turns }: ReturnType<typeof setup>) {
      if (id === 1) { Atomics.store(flag, 0, 1); return; }
      let count = 0;
      while (Atomics.load(flag, 0) === 0) count++;
      Atomics.store(turns, 0, count);
    }`);
  const walk = await walkHere(file);
  expect((await walk.at([0, 0, 0, 0, 0])).steps).toHaveLength(5);
  const there = await walk.at([0, 0, 0, 0, 0, 1, 0, 0]);
  expect(there.steps.at(-1)).toMatchObject({ after: 5, operation: { name: 'store' } });
  expect(there.ending).toEqual({ kind: 'ended' });
});

test('a wait with a time limit runs out when nobody else can go on', async () => {
  const file = writtenScenario(`${head}
    export const threads = 2;
    export function setup() { return { word: i32(1) }; }
    export function thread(id: number, { word }: ReturnType<typeof setup>) {
      if (id === 0) Atomics.wait(word, 0, 0, 10);
      else Atomics.load(word, 0);
    }`);
  const walk = await walkHere(file);
  const asleep = await walk.at([0]);
  expect(asleep.choices).toEqual([undefined, { thread: 1, kind: 'operation' }]);
  expect((await walk.at([0, 1])).choices).toEqual([{ thread: 0, kind: 'expiry' }, undefined]);
  expect((await walk.at([0, 1, 0])).ending).toEqual({ kind: 'ended' });
});

async function playerOf(name: string, isTyped = false): Promise<Player> {
  const file = scenarioFile(name);
  const found = await explored(file);
  return { explored: found, sources: readSources([file]), file, cwd: '/', style: plainStyle, isTyped };
}

/** Presses keys one after the other. */
async function pressed(player: Player, walk: Walk, from: Position, keys: readonly string[]): Promise<Position> {
  let position = from;
  for (const key of keys) {
    const next = playOn(player, position, key);
    position = next.turns ? arrived(next.position, next.turns, await walk.at(next.turns)) : next.position;
  }
  return position;
}

test('steps are chosen, taken back, begun again; what cannot be is said', async () => {
  const player = await playerOf('condition-without-lock');
  const walk = await walkHere(scenarioFile('condition-without-lock'));
  const start = firstPosition(await walk.at([]));
  const turnsOf = ({ where }: Position): number[] => where.moves.map(({ thread }) => thread);
  const lost = await pressed(player, walk, start, ['0', '1', 'space', 'enter', '0', '0']);
  expect(turnsOf(lost)).toEqual([0, 1, 1, 1, 0, 0]);
  expect(lost.where.ending).toMatchObject({ kind: 'failure', failure: { kind: 'deadlock' } });
  const after = await pressed(player, walk, lost, ['0']);
  expect(after).toMatchObject({ remark: expect.stringContaining('It is over') });
  const back = await pressed(player, walk, after, ['b', 'b']);
  expect(turnsOf(back)).toEqual([0, 1, 1, 1]);
  expect((await pressed(player, walk, back, ['1'])).remark).toBe('Thread 1 has ended.');
  expect((await pressed(player, walk, back, ['7'])).remark).toBe('There is no thread 7.');
  expect(turnsOf(await pressed(player, walk, back, ['r']))).toEqual([]);
  // Typed, a word is several turns.
  expect(turnsOf(await pressed(player, walk, start, ['011100']))).toEqual(turnsOf(lost));
  const stuck = await pressed(player, walk, start, ['11110']);
  expect(turnsOf(stuck)).toEqual([1, 1, 1]);
  expect(stuck.remark).toBe('Thread 1 has ended.');
  for (const key of ['q', 'escape', 'ctrl-c']) expect(playOn(player, start, key).end).toBe('left');
  expect(playOn(player, start, 'ctrl-d').end).toBe('interrupted');
});

test('whoever gives up sees the schedule, and comes back to where they were', async () => {
  const player = await playerOf('test-then-set');
  const walk = await walkHere(scenarioFile('test-then-set'));
  const given = await pressed(player, walk, firstPosition(await walk.at([])), ['0', '1', 'g']);
  const size = { columns: 80, rows: 40 };
  expect(playPicture(player, given, size).lines.join('\n')).toContain('2 are inside');
  const back = await pressed(player, walk, given, ['b']);
  expect(back.page).toBe('walk');
  expect(back.where.moves).toHaveLength(2);
});

test('whoever breaks it is told how near the best they came', async () => {
  const player = await playerOf('test-then-set');
  const walk = await walkHere(scenarioFile('test-then-set'));
  const start = firstPosition(await walk.at([]));
  const said = async (turns: string): Promise<string> => {
    const position = await pressed(player, walk, start, [turns]);
    return playPicture(player, position, { columns: 90, rows: 40 }).lines.join(' ').replaceAll(/\s+/g, ' ');
  };
  expect(await said('')).toContain(
    "that breaks the invariant: find it. The explorer's takes 6 steps and 2 preemptions",
  );
  expect(await said('011100')).toContain('You took 6 steps and 2 preemptions. That is as few as it takes.');
  expect(await said('010101')).toContain('can you do it with fewer preemptions?');
});

test('above the numbers of lines stands the name of the file, or nothing where half of it would', async () => {
  const player = await playerOf('condition-without-lock');
  const walk = await walkHere(scenarioFile('condition-without-lock'));
  const position = await pressed(player, walk, firstPosition(await walk.at([])), ['0', '1', '1']);
  const headerAt = (columns: number): string =>
    playPicture(player, position, { columns, rows: 40 }).lines.find(
      (line) => line.includes('thread 0  ') && /thread 1 /.test(line),
    ) ?? '';
  expect(headerAt(95)).toContain('condition-without-lock.ts');
  for (let columns = 60; columns < 95; columns += 1) expect(headerAt(columns)).not.toContain('...');
});

test('whatever is pressed, every screen fits into every window', async () => {
  const random = randomNumbers('screens');
  const keys = ['0', '1', '2', 'space', 'b', 'r', 'up', 'down', 'pageup', 'g', '?', 'x', 'paste'];
  for (const name of ['condition-if', 'after-you']) {
    const player = await playerOf(name);
    const walk = await walkHere(scenarioFile(name));
    let position = firstPosition(await walk.at([]));
    for (let count = 0; count < 150; count += 1) {
      // Mostly on.
      const key = keys[random() < 0.7 ? Math.floor(random() * 3) : Math.floor(random() * keys.length)] ?? '';
      position = await pressed(player, walk, position, [key]);
      const size = { columns: 60 + Math.floor(random() * 100), rows: 6 + Math.floor(random() * 40) };
      const { lines, first, height, bottom } = playPicture(player, position, size);
      const seen = lines.slice(first, first + height);
      expect(seen.length).toBeGreaterThan(0);
      expect(height + bottom.length).toBeLessThanOrEqual(size.rows);
      const isToken = (line: string): boolean => line.startsWith('Again:');
      expect([...seen, ...bottom].filter((line) => !isToken(line) && displayWidth(line) >= size.columns)).toEqual([]);
    }
  }
});

test('a check that hangs ends the walk and nothing else', async () => {
  const file = writtenScenario(`${head}
    export const threads = 1;
    export function setup() { return { word: i32(1) }; }
    export function thread(_id: number, { word }: ReturnType<typeof setup>) { Atomics.store(word, 0, 1); }
    export function invariant({ word }: ReturnType<typeof setup>) { while (word[0] === 1); }`);
  const walk = await WalkProcess.open({ file, isRaceTheEnd: false }, 1_500);
  try {
    expect((await walk.at([])).choices).toEqual([{ thread: 0, kind: 'operation' }]);
    const error: unknown = await walk.at([0]).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WalkEnded);
    expect((error as WalkEnded).ending.kind).toBe('silent');
  } finally {
    await walk.close();
  }
});

async function playedAtRandom(walk: Walk, random: () => number, most: number) {
  const turns: number[] = [];
  let where = await walk.at(turns);
  while (!where.ending && turns.length < most) {
    const able = where.choices.flatMap((choice, thread) => (choice ? [thread] : []));
    turns.push(able[Math.floor(random() * able.length)] ?? 0);
    where = await walk.at(turns);
  }
  return { where, turns };
}

/** The same for the same seed (mulberry32). */
function randomNumbers(seed: string): () => number {
  let state = Array.from(seed).reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
