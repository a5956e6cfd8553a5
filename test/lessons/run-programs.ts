// Runs the programs of a lesson as somebody would who reads it: each in a process of its own, on a copy of the lesson's
// folder, where a block without a file gets one. It knows nothing of what must come of it.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Lesson } from '../../runner/course/lesson.ts';
import type { Program } from '../../runner/course/lesson-programs.ts';
import { courseRoot } from '../../runner/course/paths.ts';

/** Far more than a program in a lesson needs, also when every core is busy. */
const limitMs = 45_000;

export const hasPython = spawnSync('python3', ['--version']).status === 0;

export interface Copy {
  run(program: Program): SpawnSyncReturns<string>;
  /** whether any of the programs that ran has loaded this file of the lesson's folder */
  wasLoaded(file: string): boolean;
  remove(): void;
}

/** A copy of a lesson's folder, in a course that has nothing else and finds the kit. */
export function copyLesson({ folder, folderName }: Lesson): Copy {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'interleave-lesson-')));
  const copy = join(root, 'lessons', folderName);
  const notes = join(root, 'loads.txt');
  cpSync(folder, copy, { recursive: true });
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(courseRoot, join(root, 'node_modules/interleave'), 'junction');
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }\n');
  return {
    run(program) {
      const file = join(copy, program.file ?? `block-${program.line}.${program.language}`);
      if (program.file === undefined) writeFileSync(file, program.text);
      return spawnSync(program.language === 'py' ? 'python3' : process.execPath, [file], {
        cwd: root,
        env: { ...process.env, NODE_OPTIONS: `--import=${preload}`, INTERLEAVE_LOADS: notes },
        stdio: ['ignore', 'pipe', 'pipe'],
        encoding: 'utf8',
        timeout: limitMs,
        killSignal: 'SIGKILL',
      });
    },
    wasLoaded(file) {
      const loads = existsSync(notes) ? readFileSync(notes, 'utf8').split('\n') : [];
      return loads.some((load) => load.split(/[?#]/, 1)[0] === pathToFileURL(join(copy, file)).href);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

const preload = pathToFileURL(join(import.meta.dirname, 'note-loads-main.ts')).href;
