// What the course consists of, found in spite of its mistakes: a loader stops at the first one, an audit has to go on.
// It knows nothing of what is in a lab's files beyond its manifest.
import { join } from 'node:path';
import { CourseError } from '../course/course-error.ts';
import type { Course } from '../course/course.ts';
import { defaultLimits, loadLab, type Lab } from '../course/lab.ts';
import { checkLedger } from '../course/ledger-ids.ts';
import { lessonFile, loadLesson, type Lesson } from '../course/lesson.ts';
import { filesLike, foldersIn, kindOf, lineOf, readText } from './content-files.ts';
import { problemOfError, type Problem } from './problem.ts';

export interface LabFolder {
  /** `14.1` */
  readonly id: string;
  /** `14-race-conditions/1-lost-updates` */
  readonly path: string;
  /** undefined when its manifest cannot be read; the problems say why */
  readonly lab: Lab | undefined;
  readonly problems: readonly Problem[];
}

export interface Survey {
  /** the course's folder, absolute */
  readonly root: string;
  readonly labs: readonly LabFolder[];
  /** every lesson and lab that has a name, to look ids up in; what could not be read has nothing but its name */
  readonly course: Course;
  /** what is wrong outside of any lab */
  readonly problems: readonly Problem[];
}

const labFolderName = /^(\d\d)-([a-z][a-z0-9-]*)\/(\d)-([a-z0-9-]+)$/;

/** Looks at every folder of lessons/, labs/ and solutions/. */
export function surveyCourse(root: string): Survey {
  const problems: Problem[] = [];
  const lessons = foldersIn(root, 'lessons');
  const folders = foldersIn(root, 'labs').flatMap((lesson) =>
    foldersIn(root, `labs/${lesson}`).map((name) => `${lesson}/${name}`),
  );
  const labs: LabFolder[] = [];
  for (const path of folders) {
    const folder = readLabFolder(root, path, lessons);
    if (folder.id === '') problems.push(...folder.problems);
    else labs.push(folder);
  }
  problems.push(...foldersWithoutLab(root, lessons, folders));

  const said = new Set([...labs.flatMap((folder) => folder.problems), ...problems].map(({ file }) => file));
  const read = lessons.map((name) => readLesson(root, name));
  // A lesson cannot be loaded when one of its labs cannot; that was said already.
  problems.push(...read.flatMap(({ problem }) => (problem && !said.has(problem.file) ? [problem] : [])));
  if (read.every(({ lesson }) => lesson)) {
    const course = { root, lessons: read.flatMap(({ lesson }) => lesson ?? []) };
    problems.push(...sameNumber(course.lessons), ...checkLedger(course));
  }
  const all = [...new Set([...lessons, ...foldersIn(root, 'labs')])];
  return { root, labs, course: { root, lessons: all.flatMap((name) => nameOnly(root, name, labs)) }, problems };
}

function readLabFolder(root: string, path: string, lessons: readonly string[]): LabFolder {
  const [, lessonId, , number] = labFolderName.exec(path) ?? [];
  const [lesson = ''] = path.split('/');
  const id = lessonId && number ? `${lessonId}.${number}` : '';
  const problems: Problem[] = lessons.includes(lesson)
    ? []
    : [{ file: `labs/${path}`, message: `belongs to no lesson: there is no lessons/${lesson}` }];
  const manifest = `labs/${path}/lab.json`;
  if (id === '') problems.push({ file: `labs/${path}`, message: "a lab's folder is named NN-lesson/N-name" });
  else if (kindOf(root, manifest) !== 'file') problems.push({ file: manifest, message: 'is missing' });
  else
    try {
      return { id, path, lab: loadLab(path, join(root, 'labs')), problems };
    } catch (error) {
      if (!(error instanceof CourseError)) throw error;
      problems.push(withLine(problemOfError(error, root, manifest), readText(root, manifest) ?? ''));
    }
  return { id, path, lab: undefined, problems };
}

/** A message about a manifest names a position or a field; either is on a line. */
function withLine(problem: Problem, manifest: string): Problem {
  const position = / \(line (\d+) column \d+\)$/.exec(problem.message)?.[1];
  const field = /"[^"]+"/.exec(problem.message)?.[0];
  const line = position === undefined ? lineOf(manifest, field ?? '\0') : Number(position);
  const message = problem.message.replace(/ in JSON at position .*$/, ' in JSON');
  return { ...problem, message, line: line ?? problem.line ?? 1 };
}

/** Folders in which a lab was meant, or was once. */
function foldersWithoutLab(root: string, lessons: readonly string[], labs: readonly string[]): Problem[] {
  const empty = foldersIn(root, 'labs')
    .filter((lesson) => !lessons.includes(lesson) && !labs.some((path) => path.startsWith(`${lesson}/`)))
    .map((lesson) => ({ file: `labs/${lesson}`, message: `belongs to no lesson: there is no lessons/${lesson}` }));
  const orphans = foldersIn(root, 'solutions').flatMap((lesson) =>
    foldersIn(root, `solutions/${lesson}`)
      .map((name) => `${lesson}/${name}`)
      .filter((path) => !labs.includes(path))
      .map((path) => ({ file: `solutions/${path}`, message: `is the solution of no lab: there is no labs/${path}` })),
  );
  return [...empty, ...orphans];
}

function readLesson(root: string, name: string): { lesson?: Lesson; problem?: Problem } {
  try {
    return { lesson: loadLesson(name, root) };
  } catch (error) {
    if (!(error instanceof CourseError)) throw error;
    return { problem: problemOfError(error, root, `lessons/${name}/lesson.md`) };
  }
}

function sameNumber(lessons: readonly Lesson[]): Problem[] {
  return lessons.flatMap((lesson, index) => {
    const before = lessons[index - 1];
    if (before?.id !== lesson.id) return [];
    return [{ file: lessonFile(lesson), message: `has the same number as lessons/${before.folderName}` }];
  });
}

/** A lesson and its labs by their names alone: ids are looked up in it, whatever else is wrong. */
function nameOnly(root: string, folderName: string, labs: readonly LabFolder[]): Lesson[] {
  const [, id, name] = /^(\d\d)-([a-z][a-z0-9-]*)$/.exec(folderName) ?? [];
  if (id === undefined || name === undefined) return [];
  return [
    {
      id,
      name,
      folderName,
      folder: join(root, 'lessons', folderName),
      title: '',
      promise: '',
      minutes: 1,
      ledger: [],
      ledgerLine: 1,
      isWritten: filesLike(root, `lessons/${folderName}/lesson.md`).length > 0,
      demos: [],
      labs: labs
        .filter(({ path }) => path.startsWith(`${folderName}/`))
        .map((folder) => folder.lab ?? standIn(root, folder)),
    },
  ];
}

function standIn(root: string, { id, path }: LabFolder): Lab {
  const [lesson = '', folderName = ''] = path.split('/');
  return {
    id,
    folderName,
    name: folderName.slice(2),
    lesson,
    folder: join(root, 'labs', path),
    title: '',
    files: [],
    limits: defaultLimits,
    tests: {},
    needs: [],
    timing: undefined,
  };
}
