// The program in a folder of its own with a small course beside it, so that commands are run as a learner runs them:
// `node runner/launch.mjs ...`, with a workspace elsewhere.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';
import { smallCourse, temporaryFolder, write } from '../course/course-fixture.ts';

/** Makes the project before the tests of a file and removes it after them. `root` is set by then. */
export function useProject(changes: Readonly<Record<string, string>> = {}): { root: string } {
  const project = { root: '' };
  beforeAll(() => {
    project.root = realpathSync(mkdtempSync(join(tmpdir(), 'interleave-project-')));
    cpSync(join(courseRoot, 'runner'), join(project.root, 'runner'), { recursive: true });
    cpSync(join(courseRoot, 'package.json'), join(project.root, 'package.json'));
    symlinkSync(join(courseRoot, 'node_modules'), join(project.root, 'node_modules'));
    write(project.root, { ...smallCourse(), ...changes });
  });
  afterAll(() => rmSync(project.root, { recursive: true, force: true }));
  return project;
}

/** The environment of a learner with a new workspace: no colours, nothing of the test's own. */
export function learnerEnv(changes: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv & { INTERLEAVE_HOME: string } {
  const { PATH, TMPDIR } = process.env;
  return { PATH, ...(TMPDIR ? { TMPDIR } : {}), INTERLEAVE_HOME: temporaryFolder(), ...changes };
}

/** Runs a command without a terminal. */
export function interleave(
  root: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  options: { cwd?: string; node?: readonly string[] } = {},
): SpawnSyncReturns<string> {
  const { cwd = root, node = [] } = options;
  return spawnSync(process.execPath, [...node, join(root, 'runner/launch.mjs'), ...args], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
