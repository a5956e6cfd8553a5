// The starter of a lab as it was when the learner began, kept beside the working copies: what an update of the course
// has changed since then can be said. It is not in the working copy, so nobody hands it in. It knows nothing of how it is
// said.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyInto, haveSameBytes, isFile, moveOver } from './durable-files.ts';
import { type Lab, workingCopyFolder } from './lab.ts';
import { workspaceFolder } from './paths.ts';

/** A file of the starter that is another one now. */
export interface StarterChange {
  readonly path: string;
  /** when the learner's copy was made */
  readonly before: string;
  readonly now: string;
  /** whether the learner has changed theirs since; then somebody must bring the two together */
  readonly isEdited: boolean;
}

function starterFolder(lab: Lab, env: NodeJS.ProcessEnv): string {
  return join(workspaceFolder(env), '.starters', lab.lesson, lab.folderName);
}

/** The starter's file that the learner's one was copied from, or as far as anybody knows. */
export function starterOf(lab: Lab, path: string, env: NodeJS.ProcessEnv): string {
  const kept = join(starterFolder(lab, env), path);
  return isFile(kept) ? kept : join(lab.folder, path);
}

/** @param staging see `copyToNewName` */
export function keepStarter(lab: Lab, path: string, env: NodeJS.ProcessEnv, staging: string): void {
  moveOver(copyInto(staging, join(lab.folder, path)), join(starterFolder(lab, env), path));
}

/** What the learner's copy lacks of the course's changes; nothing where they have taken them over. */
export function starterChanges(lab: Lab, env: NodeJS.ProcessEnv): StarterChange[] {
  return lab.files.flatMap((path) => {
    const [before, now, mine] = [
      starterOf(lab, path, env),
      join(lab.folder, path),
      join(workingCopyFolder(lab, env), path),
    ];
    if (haveSameBytes(before, now) || haveSameBytes(mine, now) || !isFile(mine)) return [];
    const [textBefore, textNow] = [before, now].map((file) => readFileSync(file, 'utf8'));
    return [{ path, before: textBefore ?? '', now: textNow ?? '', isEdited: !haveSameBytes(mine, before) }];
  });
}

/** The changes, the first time that somebody asks after an update. */
export function newStarterChanges(lab: Lab, env: NodeJS.ProcessEnv): StarterChange[] {
  const changes = starterChanges(lab, env);
  if (changes.length === 0) return [];
  const folder = starterFolder(lab, env);
  // No file of a lab begins with a dot.
  const told = join(folder, '.told');
  const texts = JSON.stringify(changes.map(({ now }) => now));
  if (isFile(told) && readFileSync(told, 'utf8') === texts) return [];
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(told, texts);
  } catch {
    // A disk that is full, say: then it is told twice.
  }
  return changes;
}

export function areAsTheCourseHasThem(lab: Lab, env: NodeJS.ProcessEnv): boolean {
  return lab.files.every((path) => haveSameBytes(join(lab.folder, path), join(workingCopyFolder(lab, env), path)));
}
