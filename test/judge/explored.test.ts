// A lab that the explorer judges, as a learner sees it: the picture of a failure in the windows that are promised, and what a pass
// has proved.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verdictLines } from '../../runner/judge/verdict-lines.ts';
import { plainStyle } from '../../runner/terminal/style.ts';
import { displayWidth } from '../../runner/terminal/wrap.ts';
import { fixtures, startJudging, type Judging } from './judging.ts';

const lab = '7-counter';
const starter = readFileSync(join(fixtures, 'labs/90-fixture', lab, 'lab.ts'), 'utf8');

let judging: Judging;
beforeAll(() => {
  judging = startJudging();
});
afterAll(async () => {
  expect(await judging.close()).toEqual([]);
});

test('a failure is a picture that is cut nowhere, with the whole line of the learner below each step where it is narrow', async () => {
  const verdict = await judging.judge(lab, { 'lab.ts': starter });
  if (!verdict) throw new Error('no verdict');
  expect(verdict.tests.map(({ status }) => status)).toEqual(['passed', 'failed']);
  for (const columns of [60, 80]) {
    const lines = verdictLines(verdict, columns, plainStyle);
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
    const text = lines.join('\n');
    expect(text).toMatch(/Expected: {2}every addition[^]*Happened: {2}When all threads have ended: 1 of 2 additions/);
    expect(text).toMatch(/^ {7}thread 0 +thread 1/m);
    for (const step of [1, 2, 3, 4])
      expect(text).toMatch(new RegExp(`^ {4}${step}  .*(load|store) counter\\[0\\]: \\d`, 'm'));
    expect(text).toMatch(/In memory then: counter\[0\] is 1\.[^]*\n\n {2}Look at: {3}how many steps it takes/);
    if (columns === 60) expect(text).toMatch(/^ +\| 3 const before = Atomics\.load\(counter, 0\);$/m);
  }
});

test('a pass says for each test how many orders there were, and once what that leaves out', async () => {
  const right = starter.replace(/ {2}const[^]*;\n/, '  Atomics.add(counter, 0, 1);\n');
  const verdict = await judging.judge(lab, { 'lab.ts': right });
  if (!verdict) throw new Error('no verdict');
  const [plain, proved] = verdict.tests;
  expect(plain).toMatchObject({ status: 'passed', message: '' });
  expect(plain).not.toHaveProperty('proofs');
  expect(proved?.message).toMatch(
    /^No interleaving of these 2 threads[^\n]*\nNo interleaving of these 3 threads[^\n]*$/,
  );
  const text = verdictLines(verdict, 80, plainStyle).join('\n');
  expect(text).toMatch(/^ {4}no addition is lost: 2 threads, \d+ states; 3 threads, \d+ states$/m);
  expect(text.match(/sequential consistency/g)).toHaveLength(1);
});

test('a module that only the explorer would find somewhere else is refused', async () => {
  const elsewhere = join(judging.tmp, 'right.ts');
  writeFileSync(elsewhere, starter.replace(/ {2}const[^]*;\n/, '  Atomics.add(counter, 0, 1);\n'));
  // For Node this is the file itself, with a fragment behind it.
  const forged = [
    `import * as other from './lab.ts#/${'../'.repeat(12)}${elsewhere.slice(1)}';`,
    'export function marker(): void {}',
    starter.replace('{\n', "{\n  if (!('marker' in other)) return (other as Right).addOneToTheFirstWord(counter);\n"),
    'type Right = { addOneToTheFirstWord(counter: Int32Array): void };',
  ].join('\n');
  const verdict = await judging.judge(lab, { 'lab.ts': forged });
  expect(verdict?.tests.map(({ status }) => status)).toEqual(['passed', 'failed']);
  expect(verdict?.tests[1]?.message).toContain('is none of the files that are explored');
});
