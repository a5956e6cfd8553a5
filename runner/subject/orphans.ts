// A judge that was killed outright cannot end its subjects, and one of them may be in an endless loop. Whoever
// starts the next judge clears what a dead one left: processes by the token in their environment, folders by name.
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasProc, isAlive, subjectTokens } from './proc.ts';
import { removeStage, stageOwner } from './stage.ts';
import { tokenOwner } from './start-process.ts';
import { signalQuietly } from './strays.ts';

/** Kills the subjects and removes the stages of judges that are no longer alive. */
export function clearOrphans(): void {
  if (!hasProc) return;
  for (const { pid, token } of subjectTokens()) if (!isAlive(tokenOwner(token))) signalQuietly(pid, 'SIGKILL');
  for (const name of stagesIn(tmpdir())) {
    const owner = stageOwner(name);
    if (owner !== undefined && !isAlive(owner)) removeStage(join(tmpdir(), name));
  }
}

function stagesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Whoever makes the next stage there says what is wrong with it.
    return [];
  }
}
