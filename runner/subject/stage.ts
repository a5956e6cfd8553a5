// The stage: a fresh folder outside of the course in which a subject runs, holding the learner's files and the
// author's files beside them. On it `./lab.ts` is the file that is judged, whoever imports it: the learner's
// helper, a worker, the author's driver. Neither suite nor solution is ever on it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Files } from './submission.ts';

export interface Stage {
  /** absolute, with links resolved, as stacks print it */
  readonly folder: string;
  /** Writes files; later ones replace earlier ones of the same name. */
  put(files: Files): void;
  /**
   * Puts links instead of copies: for a debugger, whose breakpoints are in the learner's own files. Node resolves
   * links, so a module is then the file itself, and two imports of it are one module.
   */
  link(origins: ReadonlyMap<string, string>): void;
  remove(): void;
}

/** The process that made a stage of this name, or undefined when the name is not a stage's. */
export function stageOwner(name: string): number | undefined {
  const pid = /^interleave-(\d+)-\w{6}$/.exec(name)?.[1];
  return pid === undefined ? undefined : Number(pid);
}

/** @throws when the folder for temporary files cannot be written to */
export function makeStage(): Stage {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `interleave-${process.pid}-`)));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  return {
    folder,
    put(files) {
      for (const [name, bytes] of files) {
        const path = join(folder, name);
        if (name.includes('/')) mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, bytes);
      }
    },
    link(origins) {
      for (const [name, origin] of origins) {
        const path = join(folder, name);
        if (name.includes('/')) mkdirSync(dirname(path), { recursive: true });
        symlinkSync(origin, path);
      }
    },
    remove: () => removeStage(folder),
  };
}

/** @param folder a stage on which nothing runs any more */
export function removeStage(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Learner code may nest folders deeper than Node can follow; rm can. What even that leaves, the system clears one day.
    spawnSync('rm', ['-rf', '--', folder], { stdio: 'ignore' });
  }
}
