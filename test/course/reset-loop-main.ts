// Saves a text as lab 14.1, announces it, resets the lab, and so on until it is killed.
import { writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { loadCourse } from '../../runner/course/course.ts';
import { workingCopyFolder } from '../../runner/course/lab.ts';
import { resolveLab } from '../../runner/course/resolve-id.ts';
import { makeWorkingCopy, resetWorkingCopy } from '../../runner/course/working-copy.ts';

const [root = '', INTERLEAVE_HOME = ''] = process.argv.slice(2);
const env = { INTERLEAVE_HOME };
const lab = resolveLab(loadCourse(root), '14.1');
makeWorkingCopy(lab, env);
for (let save = 1; ; save++) {
  const text = `save ${process.pid}.${save} `;
  writeFileSync(join(workingCopyFolder(lab, env), 'lab.ts'), text.repeat(1_000));
  writeSync(1, `${text}\n`);
  resetWorkingCopy(lab, env, Date.now());
}
