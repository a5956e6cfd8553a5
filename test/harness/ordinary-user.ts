// A user who may not do everything: whoever runs the tests, or for root another one, for root may read and write anywhere.
import { spawnSync } from 'node:child_process';
import { courseRoot } from '../../runner/course/paths.ts';

const nobody = 65_534;

/** What a child is spawned with to be one. */
export const asOrdinaryUser = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};

/** Whether that one gets at Node and at the course: not where they lie below a home that is closed to others. */
export const hasOrdinaryUser =
  spawnSync(process.execPath, ['-e', 'fs.readdirSync(process.argv[1])', courseRoot], { cwd: '/', ...asOrdinaryUser })
    .status === 0;
