// Where things lie. It knows names of folders and nothing of what is in them.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The course's own folder: lessons, labs, solutions, runner. Never written to. */
export const courseRoot = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');

/** The folder that holds what belongs to the learner (workspace, progress): the course's own, or INTERLEAVE_HOME. */
export function learnerHome(env: NodeJS.ProcessEnv = process.env): string {
  return env.INTERLEAVE_HOME || courseRoot;
}

/** The learner's working copies; an update of the course never writes here. */
export function workspaceFolder(env?: NodeJS.ProcessEnv): string {
  return join(learnerHome(env), 'workspace');
}

export const labsFolder = join(courseRoot, 'labs');
