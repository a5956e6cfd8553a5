// What every screen of the tutor works with, and where a learner can be. It knows nothing of any screen.
import type { Course } from '../course/course.ts';
import type { Lab } from '../course/lab.ts';
import type { Lesson } from '../course/lesson.ts';
import type { Progress } from '../progress/progress.ts';
import type { Io } from '../terminal/io.ts';
import type { Style } from '../terminal/style.ts';
import type { LateJudge } from './late-judge.ts';

export interface Desk {
  readonly io: Io;
  readonly style: Style;
  readonly course: Course;
  readonly progress: Progress;
  readonly judge: LateJudge;
  /** the predictions that were asked again since the tutor was started, as `14/order` */
  readonly reviewed: Set<string>;
  /** why progress is not kept: the text the first time that there is one, then undefined */
  readonly newProblem: () => string | undefined;
}

export type Place =
  /** the map, with a lesson to stand on, and what must be read there first */
  | { readonly kind: 'map'; readonly lesson?: Lesson; readonly notice?: string }
  | { readonly kind: 'lesson'; readonly lesson: Lesson; readonly lab?: Lab }
  | { readonly kind: 'lab'; readonly lab: Lab }
  /** what the learner has measured so far */
  | { readonly kind: 'costs' }
  | { readonly kind: 'left' }
  /** Ctrl-C, Ctrl-D */
  | { readonly kind: 'interrupted' };
