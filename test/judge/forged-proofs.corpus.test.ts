// Modules that were written to forge a proof of the explorer (test/fixtures/forgeries/proofs, each says how), judged by
// scenarios that no program satisfies: none gets a pass of any of them, and the judge goes on as before.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixtures, startJudging, type Judging } from './judging.ts';

const folder = join(fixtures, 'forgeries/proofs');
const names = readdirSync(folder);
const lab = '6-election';
const right = readFileSync(join(fixtures, 'solutions/90-fixture/1-five-tests/lab.ts'));

let judging: Judging;
beforeAll(() => {
  judging = startJudging();
});
afterAll(async () => {
  expect(await judging.close()).toEqual([]);
});

test.each(names)('%s', { timeout: 60_000 }, async (name) => {
  const got = await judging.judge(lab, { 'lab.ts': readFileSync(join(folder, name)) });
  expect(got?.verdict).not.toBe('passed');
  expect(got?.tests.filter(({ status }) => status === 'passed')).toEqual([]);
  for (const { message } of got?.tests ?? []) expect(message).not.toContain(judging.tmp);
  expect(await judging.judge('1-five-tests', { 'lab.ts': right })).toMatchObject({ verdict: 'passed' });
  expect(await judging.left()).toEqual([]);
});

test('there are enough of them', () => {
  expect(names.length).toBeGreaterThanOrEqual(25);
});
