// The entry of the process that times a lab: trusted, for one timing. It ends when its parent does, and takes its
// subjects with it.
import { CourseError } from '../course/course-error.ts';
import { loadLab } from '../course/lab.ts';
import type { LabTimingRequest } from './lab-timing.ts';
import { TimedSubjects } from './time-subjects.ts';
import type { FromTiming } from './time-lab.ts';

let subjects: TimedSubjects | undefined;

process.once('message', (request: LabTimingRequest) => {
  serve(request)
    .then((message) => send(message, () => process.exit()))
    // A bug of ours: its stack goes to stderr, and the parent sees the exit code.
    .catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
});
process.on('disconnect', () => void (subjects?.close() ?? Promise.resolve()).finally(() => process.exit()));

async function serve(request: LabTimingRequest): Promise<FromTiming> {
  try {
    const lab = loadLab(request.lab, request.labsRoot);
    if (!lab.timing) throw new CourseError(`Lab ${lab.id} has nothing to time.`, 'Only some labs have.');
    subjects = new TimedSubjects(lab, lab.timing);
    const timing = await subjects.time({ request, onRound: () => send({ t: 'round' }) });
    return { t: 'done', timing };
  } catch (error) {
    if (!(error instanceof CourseError)) throw error;
    return { t: 'problem', message: error.message, next: error.next };
  }
}

function send(message: FromTiming, done = () => {}): void {
  // With a callback a parent that has just gone is no error: `disconnect` is on its way and ends everything in order.
  if (process.connected) process.send?.(message, undefined, undefined, done);
}
