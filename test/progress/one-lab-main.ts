// Says as JSON what the store says of a lab that was passed before, and after one more pass.
import { openProgress } from '../../runner/progress/progress.ts';

const progress = openProgress();
const before = progress.status('14.2');
progress.recordVerdict('15.1', 'passed', 1);
console.log(JSON.stringify([{ status: progress.status('15.1'), before, problem: progress.problem }]));
progress.close();
