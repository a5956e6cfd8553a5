// Records one pass and says as JSON what the store then says.
import { openProgress } from '../../runner/progress/progress.ts';

const progress = openProgress();
progress.recordVerdict('15.1', 'passed', 1);
console.log(JSON.stringify([{ status: progress.status('15.1'), problem: progress.problem }]));
progress.close();
