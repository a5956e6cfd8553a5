// Threads that run free: what goes wrong is counted, and nothing else.
import { expect, test } from 'vitest';
import { byLuck, hitsOf, type Tried } from '../../runner/explorer/real-threads/by-luck.ts';
import { luckLines } from '../../runner/explorer/real-threads/luck-lines.ts';
import { plainStyle } from '../../runner/terminal/style.ts';
import { displayWidth } from '../../runner/terminal/wrap.ts';
import { scenarioFile, writtenScenario } from './explored.ts';

async function tried(file: string, seconds = 0.5): Promise<Tried> {
  const luck = await byLuck(file, { seconds });
  if (luck.kind !== 'tried') throw new Error(JSON.stringify(luck));
  return luck;
}

const written = (text: string) =>
  tried(writtenScenario(`import { i32 } from 'interleave/kit/scenario';\nexport const threads = 2;\n${text}`));

test('a right program comes to no grief, round after round', async () => {
  const luck = await tried(scenarioFile('atomic-add'), 1);
  expect(luck.rounds).toBeGreaterThan(10);
  expect(luck.hits).toEqual({});
});

test('each round has fresh memory, and both threads in it', async () => {
  const luck = await written(`
    export const setup = () => ({ word: i32(1), mine: { runs: 0 } });
    export function thread(id: number, { word, mine }: ReturnType<typeof setup>) {
      mine.runs++;
      if (mine.runs !== 1) throw new Error('what only this thread has was used before');
      Atomics.add(word, 0, 1 + id);
    }
    export const final = ({ word }: ReturnType<typeof setup>) => word[0] === 3;`);
  expect(luck.rounds).toBeGreaterThan(10);
  expect(luck.hits).toEqual({});
  expect(luck.isFresh).toBe(false);
});

test('what goes wrong each time is counted each time, by its kind', async () => {
  const setup = 'export const setup = () => ({ word: i32(1) });\n';
  const counts = async (text: string) => {
    const { hits, rounds } = await written(setup + text);
    expect(rounds).toBeGreaterThan(0);
    return Object.fromEntries(Object.entries(hits).map(([kind, count]) => [kind, count === rounds]));
  };
  expect(await counts('export const thread = (id: number) => { if (id === 1) throw new TypeError(); };')).toEqual({
    exception: true,
  });
  const asserts = "import assert from 'node:assert';\nexport const thread = () => assert.equal(1, 2);";
  expect(await counts(asserts)).toEqual({ assertion: true });
  const nothing = 'export const thread = () => {};\n';
  expect(await counts(`${nothing}export const final = () => false;`)).toEqual({ assertion: true });
  expect(await counts(`${nothing}export const invariant = () => { throw new Error('x'); };`)).toEqual({
    invariant: true,
  });
  const sleeps =
    'export const thread = (id: number, { word }: ReturnType<typeof setup>) => { Atomics.wait(word, 0, 0); };';
  expect(await counts(sleeps)).toEqual({ deadlock: true });
  expect(await counts('export const thread = (id: number) => { while (id === 1); };')).toEqual({ livelock: true });
});

test('variables of modules are new in each round, as in a program that starts', async () => {
  const luck = await tried(scenarioFile('module-variables'), 2);
  expect(luck.isFresh).toBe(true);
  expect(luck.rounds).toBeGreaterThan(1);
  expect(luck.hits).toEqual({});
});

test('the lines say how often, of how many, and what the search needed', () => {
  const luck: Tried = { kind: 'tried', threads: 2, rounds: 20_000, hits: { assertion: 3 }, isFresh: false, ms: 5_012 };
  const lines = (tries: Tried, kind: 'assertion' | 'race' | 'invariant' = 'assertion') =>
    luckLines(tries, { kind, states: 14 }, { columns: 60, style: plainStyle });
  expect(hitsOf(luck)).toBe(3);
  expect(lines(luck).join(' ')).toContain('By luck: 3 of 20,000 rounds. Search finds it in 14 states.');
  expect(lines(luck).join(' ')).toContain('(assertion 3)');
  expect(lines({ ...luck, hits: {} }, 'race').join(' ')).toContain('0 of 20,000 rounds');
  expect(lines({ ...luck, hits: {}, isFresh: true }, 'invariant').join(' ')).toContain('hence so few');
  expect(Math.max(...lines({ ...luck, isFresh: true }, 'invariant').map(displayWidth))).toBeLessThan(60);
});
