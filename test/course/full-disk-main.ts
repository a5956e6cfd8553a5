// Resets lab 14.1 on a small disk with no page free, then with one, with two, and so on until it works; says as JSON how
// each attempt ended and whether the learner's text was whole afterwards.
import { closeSync, existsSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CourseError } from '../../runner/course/course-error.ts';
import { loadCourse } from '../../runner/course/course.ts';
import { workingCopyFolder } from '../../runner/course/lab.ts';
import { resolveLab } from '../../runner/course/resolve-id.ts';
import { makeWorkingCopy, resetWorkingCopy } from '../../runner/course/working-copy.ts';

const [root = '', home = ''] = process.argv.slice(2);
const env = { INTERLEAVE_HOME: home };
const lab = resolveLab(loadCourse(root), '14.1');
const folder = workingCopyFolder(lab, env);
const backups = join(home, 'workspace/.backup', lab.lesson, lab.folderName);
const text = 'the learner’s text\n'.repeat(500);
const pageKiB = 4;
const tries = [];
makeWorkingCopy(lab, env);
for (let pages = 0; tries.at(-1)?.ended !== 'reset'; pages++) {
  rmSync(backups, { recursive: true, force: true });
  writeFileSync(join(folder, 'lab.ts'), text);
  const spare = join(home, 'spare');
  writeFileSync(spare, Buffer.alloc(pages * pageKiB * 1024));
  fill(join(home, 'filler'));
  rmSync(spare);
  let ended = 'reset';
  try {
    resetWorkingCopy(lab, env, Date.UTC(2026, 10, 21, 12));
  } catch (error) {
    if (!(error instanceof CourseError)) throw error;
    ended = `${error.exitCode} ${error.message} ${error.next}`;
  }
  const names = existsSync(backups) ? readdirSync(backups) : [];
  const places = [folder, ...names.filter((name) => !name.startsWith('.')).map((name) => join(backups, name))];
  tries.push({
    freeKiB: pages * pageKiB,
    ended,
    isTextSafe: places.some((place) => readFileSync(join(place, 'lab.ts'), 'utf8') === text),
    unfinished: [
      ...names.filter((name) => name.startsWith('.')),
      ...readdirSync(join(home, 'workspace')).filter((name) => name.startsWith('.staging')),
    ],
  });
  rmSync(join(home, 'filler'));
}
console.log(JSON.stringify(tries));

function fill(path: string): void {
  const descriptor = openSync(path, 'w');
  try {
    for (;;) writeSync(descriptor, Buffer.alloc(pageKiB * 1024));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(descriptor);
  }
}
