// `explore` as it is typed, where the scenario is one of a lab.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';
import { scenarioFile } from '../explorer/explored.ts';

function explore(...args: readonly string[]) {
  const launcher = join(courseRoot, 'runner/launch.mjs');
  return spawnSync(process.execPath, [launcher, 'explore', ...args], { cwd: courseRoot, encoding: 'utf8' });
}

test("a lab's scenario where it lies meets the starter, and that is said", () => {
  const scenario = 'labs/15-locks/1-mutex/three.scenario.ts';
  const { status, stderr } = explore(scenario);
  expect(status).toBe(1);
  expect(stderr.replace(/\s+/g, ' ')).toContain(
    'lab.ts beside this scenario is the starter of lab 15.1, and not your copy, workspace/15-locks/1-mutex/lab.ts.',
  );
  expect(explore(scenario, '--json').stderr).toBe('');
  expect(explore(scenarioFile('peterson')).stderr).toBe('');
});
