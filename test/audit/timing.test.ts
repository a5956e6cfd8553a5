// An author is told when what a lab has timed is not the same work for everybody.
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkCourse } from '../../runner/audit/check-course.ts';
import { proveTimings } from '../../runner/audit/check-timing.ts';
import { problemText } from '../../runner/audit/problem.ts';
import { courseRoot } from '../../runner/course/paths.ts';
import { temporaryFolder, write } from '../course/course-fixture.ts';
import { formula, timed, writeTimedLab } from '../timing/timed-lab.ts';

async function problemsWith(files: Readonly<Record<string, string>>): Promise<string[]> {
  const root = temporaryFolder();
  writeTimedLab(root);
  write(root, files);
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(courseRoot, join(root, 'node_modules/interleave'), 'junction');
  const { labs } = checkCourse(root, undefined, { cwd: root, env: {} });
  const problems = await proveTimings(
    labs.flatMap(({ trials }) => trials),
    root,
  );
  return [...problems.values()].flat().map(problemText);
}

test('the same result by other ways is fine', async () => {
  expect(await problemsWith({ [`solutions/${timed}/right/formula.ts`]: formula })).toEqual([]);
});

test('a right solution with another result, and a workload that is not there, are problems of the manifest', async () => {
  const file = `labs/${timed}/lab.json:1`;
  const right = `solutions/${timed}/right/off-by-one.ts`;
  expect(await problemsWith({ [right]: formula.replace('n + 1', 'n') })).toEqual([
    `${file}: "timing": with ${right}: Your program gave another result for the same work than the solution.`,
  ]);
  expect(await problemsWith({ [`labs/${timed}/driver.ts`]: 'export {};\n' })).toEqual([
    expect.stringContaining(`${file}: "timing": with solutions/${timed}/lab.ts: `),
  ]);
});
