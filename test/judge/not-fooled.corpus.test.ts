// Modules that were written to forge a pass (test/fixtures/forgeries, each says how): none gets one, of no single test,
// and the judge goes on as before.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';
import { residentMiB } from '../../runner/subject/proc.ts';
import { fixtures, startJudging, type Judging } from './judging.ts';

const folder = join(fixtures, 'forgeries');
const none = readFileSync(join(folder, 'none.ts'));
const solution = join(fixtures, 'solutions/90-fixture/1-five-tests/lab.ts');
const right = readFileSync(solution);
const namesIn = (of: string): string[] => readdirSync(of).filter((name) => name.endsWith('.ts'));

let judging: Judging;
beforeAll(() => {
  judging = startJudging();
});
afterAll(async () => {
  expect(await judging.close()).toEqual([]);
});

async function goesOn(): Promise<void> {
  expect(await judging.judge('1-five-tests', { 'lab.ts': right })).toMatchObject({ verdict: 'passed', message: '' });
  expect(await judging.left()).toEqual([]);
}

describe('a suite that no program can satisfy', () => {
  test.each(namesIn(folder))('%s', async (name) => {
    const got = await judging.judge('3-secret', { 'lab.ts': readFileSync(join(folder, name)), 'none.ts': none });
    expect(got?.verdict).not.toBe('passed');
    expect(got?.tests.filter(({ status }) => status === 'passed')).toEqual([]);
    for (const text of [got?.message, ...(got?.tests.map(({ message }) => message) ?? [])]) {
      expect(text?.length).toBeLessThan(10_000);
      expect(text).not.toContain(judging.tmp);
    }
    await goesOn();
  });

  test('and there are enough of them', () => {
    expect(namesIn(folder).length).toBeGreaterThanOrEqual(50);
  });
});

describe('a solution that lies in the course may not be imported', () => {
  test.each(namesIn(join(folder, 'imports')))('%s', async (name) => {
    const source = readFileSync(join(folder, 'imports', name), 'utf8');
    const imports = source.replaceAll('SOLUTION', solution).replaceAll('ROOT', courseRoot);
    const got = await judging.judge('1-five-tests', { 'lab.ts': imports });
    expect(got?.verdict).not.toBe('passed');
    expect(got?.message).toContain("belongs to the course and may not be imported by a lab's code");
    await goesOn();
  });

  test('though it would pass', async () => {
    expect(await judging.request('1-five-tests', [{ file: solution }])).toMatchObject({ verdict: 'passed' });
  });
});

describe('the judge', () => {
  test('does not grow with what it is sent', async () => {
    const flood = join(folder, 'costly-values.ts');
    const files = { 'lab.ts': readFileSync(flood), 'none.ts': none };
    await judging.judge('3-secret', files);
    const before = residentMiB([judging.pid()]);
    for (let turn = 0; turn < 8; turn += 1) await judging.judge('3-secret', files);
    // Each turn sends some 6 MB, which become many times that when they are read.
    expect(residentMiB([judging.pid()]) - before).toBeLessThan(150);
  });
});
