// Resets lab 14.1 of a course once and says as JSON how that ended.
import type { CourseError } from '../../runner/course/course-error.ts';
import { loadCourse } from '../../runner/course/course.ts';
import { resolveLab } from '../../runner/course/resolve-id.ts';
import { resetWorkingCopy } from '../../runner/course/working-copy.ts';

const [root = '', INTERLEAVE_HOME = ''] = process.argv.slice(2);
try {
  const outcome = resetWorkingCopy(resolveLab(loadCourse(root), '14.1'), { INTERLEAVE_HOME }, Date.now());
  console.log(JSON.stringify(outcome));
} catch (error) {
  const { name, message, next, exitCode } = error as CourseError;
  console.log(JSON.stringify({ name, message, next, exitCode }));
}
