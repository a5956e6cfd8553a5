// All that reading finds in the content: formats, links, ids, quotes. What is left to be judged comes out as trials. It
// knows nothing of judges.
import { CourseError } from '../course/course-error.ts';
import { labPath } from '../course/lab.ts';
import { resolveLab, type Standpoint } from '../course/resolve-id.ts';
import { checkGiveaways } from './check-giveaways.ts';
import { checkLabFiles } from './check-lab-files.ts';
import { checkLessonFile } from './check-lesson-files.ts';
import { checkLinks } from './check-links.ts';
import { checkQuotes } from './check-quotes.ts';
import { checkTimingFiles } from './check-timing.ts';
import { filesLike, kindOf } from './content-files.ts';
import { readDocument, type Document } from './document.ts';
import type { Problem } from './problem.ts';
import { surveyCourse, type LabFolder, type Survey } from './survey.ts';
import { trialsOf, type Trials } from './trials.ts';

export interface CheckedLab extends Trials {
  readonly folder: LabFolder;
}

export interface CheckedCourse {
  readonly labs: readonly CheckedLab[];
  /** what is wrong outside of any lab; none when one lab was asked for */
  readonly problems: readonly Problem[];
}

/**
 * @param root the course's folder, absolute
 * @param typed one lab, as it was typed; else the whole course
 * @throws CourseError when there is no course, or no such lab
 */
export function checkCourse(root: string, typed: string | undefined, standpoint: Standpoint): CheckedCourse {
  if (kindOf(root, 'lessons') !== 'folder')
    throw new CourseError(
      `There is no course in ${root}: it has no folder lessons.`,
      'Get a whole copy of the course again.',
    );
  const survey = surveyCourse(root);
  const folders = typed === undefined ? survey.labs : [labFolder(survey, typed, standpoint)];
  return {
    labs: folders.map((folder) => ({ folder, ...checkLab(folder, root) })),
    problems: typed === undefined ? courseProblems(survey) : [],
  };
}

function labFolder({ course, labs }: Survey, typed: string, standpoint: Standpoint): LabFolder {
  const path = labPath(resolveLab(course, typed, standpoint));
  const folder = labs.find((folder) => folder.path === path);
  if (!folder) throw new Error(`the survey has no ${path}`);
  return folder;
}

function checkLab({ lab, path, problems }: LabFolder, root: string): Trials {
  if (!lab) return { trials: [], wrong: 0, right: 0, problems };
  const documents = readDocuments(root, `{labs,solutions}/${path}/**/*.md`);
  const trials = trialsOf(lab, root);
  return {
    ...trials,
    problems: [
      ...problems,
      ...checkLabFiles(lab, root),
      ...checkTimingFiles(lab, root),
      ...documents.flatMap((document) => [...checkLinks(document, root), ...checkQuotes(document, root)]),
      ...checkGiveaways(lab, root),
      ...trials.problems,
    ],
  };
}

function courseProblems({ root, labs, problems }: Survey): Problem[] {
  const lessons = readDocuments(root, 'lessons/**/*.md');
  const about = readDocuments(root, '*.md');
  return [
    ...(labs.length === 0 ? [{ file: 'labs', message: 'holds no lab: an audit of nothing proves nothing' }] : []),
    ...problems,
    ...[...about, ...lessons].flatMap((document) => checkLinks(document, root)),
    ...lessons.flatMap((document) => checkQuotes(document, root)),
    ...lessons.filter(({ file }) => file.endsWith('/lesson.md')).flatMap((document) => checkLessonFile(document, root)),
  ];
}

function readDocuments(root: string, pattern: string): Document[] {
  return filesLike(root, pattern).flatMap((file) => readDocument(root, file) ?? []);
}
