// Learner code has the user's own rights until there is a sandbox: it can end or stop the judge. Nobody waits for ever
// then, there is no pass, and the next save is judged by another one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixtures, startJudging, type Sources } from './judging.ts';

const right = readFileSync(join(fixtures, 'solutions/90-fixture/1-five-tests/lab.ts'));
const attack = (statement: string): Sources => ({
  'lab.ts': `export const ping = (x: number) => x + 1;\nexport function run() {\n  ${statement};\n  for (;;);\n}\n`,
});

test.each([
  ['killed', '2-endings', attack("process.kill(process.ppid, 'SIGKILL')"), 'ended unexpectedly (SIGKILL)'],
  ['terminated', '2-endings', attack("process.kill(process.ppid, 'SIGTERM')"), 'ended unexpectedly (SIGTERM)'],
  ['stopped', '2-endings', attack("process.kill(process.ppid, 'SIGSTOP')"), 'did not answer any more'],
  [
    'sent along a list without end, which its suite trusts',
    '5-careless',
    { 'lab.ts': 'export const ping = (x: number) => x;\nexport const run = () => ({ length: Infinity });\n' },
    'did not answer any more',
  ],
])('a judge that is %s', async (_, lab, sources, says) => {
  const judging = startJudging(300);
  await expect(judging.judge(lab, sources)).rejects.toThrow(says);
  expect(await judging.judge('1-five-tests', { 'lab.ts': right })).toMatchObject({ verdict: 'passed' });
  expect(await judging.left()).toEqual([]);
  expect(await judging.close()).toEqual([]);
});
