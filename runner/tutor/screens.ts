// From screen to screen: the map, a lesson's labs, a lab, and back. It knows nothing of what a screen looks like.
import { CourseError } from '../course/course-error.ts';
import { lessonOf, loadCourse } from '../course/course.ts';
import type { Lesson } from '../course/lesson.ts';
import { openProgress } from '../progress/progress.ts';
import { escapeText } from '../terminal/escape.ts';
import type { Io } from '../terminal/io.ts';
import { printLines } from '../terminal/print.ts';
import { styleFor } from '../terminal/style.ts';
import { wrap } from '../terminal/wrap.ts';
import type { Desk, Place } from './desk.ts';
import type { LateJudge } from './late-judge.ts';
import { showMap } from './map-screen.ts';

/** @throws CourseError when the course's own files are not as they should be */
export async function walkScreens(io: Io, judge: LateJudge): Promise<'left' | 'interrupted'> {
  const progress = openProgress(io.env, io.now);
  const style = styleFor(io.stdout, io.env);
  let told: string | undefined;
  const newProblem = (): string | undefined => {
    const { problem } = progress;
    if (problem === told) return undefined;
    told = problem;
    return problem;
  };
  try {
    const desk: Desk = { io, style, course: loadCourse(), progress, judge, reviewed: new Set(), newProblem };
    for (let place: Place = { kind: 'map' }; ;) {
      const problem = newProblem();
      if (problem !== undefined) {
        if (place.kind === 'map') place = { ...place, notice: [escapeText(problem), place.notice ?? ''].join(' ') };
        else printLines(io, [...wrap(escapeText(problem), io.columns).map(style.warning), '']);
      }
      if (place.kind === 'left' || place.kind === 'interrupted') return place.kind;
      place = await show(place, desk);
    }
  } finally {
    progress.close();
  }
}

/**
 * What is asked before a lesson begins that is not the one that the learner was in last.
 * @returns where they go instead
 */
async function reviewBefore(lesson: Lesson, desk: Desk): Promise<Place | undefined> {
  const last = desk.progress.lastPlace();
  const lastLesson = last?.kind === 'lab' ? last.lab.split('.', 1)[0] : last?.lesson;
  if (!lesson.isWritten || lastLesson === lesson.id || desk.progress.wrongPredictions().length === 0) return undefined;
  const { review } = await import('./review-screen.ts');
  return await review(desk, lesson);
}

async function show(place: Exclude<Place, { kind: 'left' | 'interrupted' }>, desk: Desk): Promise<Place> {
  switch (place.kind) {
    case 'map':
      return await showMap(desk, place.lesson, place.notice);
    // The others are loaded when somebody goes there: the map is what everybody waits for.
    case 'costs': {
      const { showCosts } = await import('./costs-screen.ts');
      return await showCosts(desk);
    }
    case 'lesson': {
      const elsewhere = place.lab === undefined ? await reviewBefore(place.lesson, desk) : undefined;
      if (elsewhere) return elsewhere;
      const { showLesson } = await import('./lesson-screen.ts');
      return await showLesson(desk, place.lesson, place.lab);
    }
    case 'lab': {
      const { showLab } = await import('./lab-screen.ts');
      try {
        return await showLab(desk, place.lab);
      } catch (error) {
        // A lab that cannot be begun (a full disk, a file missing) must not cost the learner the map.
        if (!(error instanceof CourseError)) throw error;
        const { problemBlock } = await import('./lab-blocks.ts');
        printLines(desk.io, problemBlock(error, desk.style)(desk.io.columns));
        return { kind: 'lesson', lesson: lessonOf(desk.course, place.lab), lab: place.lab };
      }
    }
  }
}
