// Passes a lab and records on a small disk until it is full, passes one more lab, makes room, opens the file again, and
// says as JSON what was there at each step.
import { closeSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Progress, openProgress, progressFile } from '../../runner/progress/progress.ts';

const filler = join(process.env.INTERLEAVE_HOME ?? '', 'filler');
const progress = openProgress();
progress.recordVerdict('14.1', 'passed', 1);
// Room for some records, used up soon.
const spare = join(process.env.INTERLEAVE_HOME ?? '', 'spare');
writeFileSync(spare, Buffer.alloc(128 * 1024));
const descriptor = openSync(filler, 'w');
try {
  for (;;) writeSync(descriptor, Buffer.alloc(4_096));
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
}
closeSync(descriptor);
rmSync(spare);
let recorded = 0;
while (progress.problem === undefined) {
  progress.recordVerdict('14.2', 'failed', recorded);
  if (progress.problem === undefined) recorded++;
}
progress.recordVerdict('14.3', 'passed', 1);
const statuses = (of: Progress) => [of.status('14.1'), of.status('14.3')];
const inMemory = statuses(progress);
const { problem } = progress;

rmSync(filler);
const database = new DatabaseSync(progressFile(process.env), { readOnly: true });
const kept = database.prepare("SELECT count(*) AS n FROM attempts WHERE lab = '14.2'").get()?.n;
database.close();
progress.close();
const again = openProgress();
console.log(
  JSON.stringify({
    recorded,
    kept,
    inMemory,
    problem,
    afterwards: { status: statuses(again), problem: again.problem ?? null },
  }),
);
again.close();
