// A lesson as data: its front matter, its demos and its labs. It knows nothing of how a lesson's text is read or shown.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CourseError } from './course-error.ts';
import { type Field, type FrontMatter, parseFrontMatter } from './front-matter.ts';
import { type Lab, loadLab } from './lab.ts';

/** A measured experiment of a lesson. */
export interface Demo {
  /** `14/lost-updates` */
  readonly id: string;
  readonly name: string;
  /** absolute */
  readonly file: string;
}

export interface Lesson {
  /** `14` */
  readonly id: string;
  /** `race-conditions` */
  readonly name: string;
  /** `14-race-conditions` */
  readonly folderName: string;
  /** absolute */
  readonly folder: string;
  readonly title: string;
  /** what the learner can do afterwards, one sentence */
  readonly promise: string;
  /** how long it takes, labs included */
  readonly minutes: number;
  /** the rows of the ledger that it teaches: `C14`, `F13`; ledger-ids.ts checks them */
  readonly ledger: readonly string[];
  /** the line of lesson.md that names them, counted from 1 */
  readonly ledgerLine: number;
  /** the machine on which the numbers in its text were recorded: `4 cores, Linux, Node 24.21` */
  readonly recordedOn?: string | undefined;
  /** false: front matter only, a place on the map that nobody has written yet */
  readonly isWritten: boolean;
  /** in order of their names */
  readonly demos: readonly Demo[];
  /** in order of their numbers */
  readonly labs: readonly Lab[];
}

const lessonFolderName = /^(\d\d)-([a-z][a-z0-9-]*)$/;
const demoFileName = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.ts$/;

/** lesson.md as messages name it, whatever the platform: `lessons/14-race-conditions/lesson.md`. */
export function lessonFile(lesson: Pick<Lesson, 'folderName'>): string {
  return `lessons/${lesson.folderName}/lesson.md`;
}

/**
 * Reads one lesson with its labs.
 * @param root the course's folder
 * @throws CourseError that names the file and the line
 */
export function loadLesson(folderName: string, root: string): Lesson {
  const [, id, name] = lessonFolderName.exec(folderName) ?? [];
  if (id === undefined || name === undefined)
    throw new CourseError(`lessons/${folderName}: a lesson's folder is named NN-name`, 'Rename the folder.');
  const folder = join(root, 'lessons', folderName);
  const matter = readLessonFile(join(folder, 'lesson.md'), lessonFile({ folderName }));
  return {
    id,
    name,
    folderName,
    folder,
    ...checkFields(matter, lessonFile({ folderName })),
    isWritten: matter.body.trim() !== '',
    demos: findDemos(id, folderName, folder),
    labs: loadLabs(folderName, join(root, 'labs')),
  };
}

function readLessonFile(path: string, file: string): FrontMatter {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CourseError(
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`,
      'Each folder in lessons/ needs a lesson.md; its front matter alone will do.',
    );
  }
  return parseFrontMatter(text, file);
}

const known = ['title', 'promise', 'minutes', 'ledger', 'recorded'];

function checkFields(
  { fields }: FrontMatter,
  file: string,
): Pick<Lesson, 'title' | 'promise' | 'minutes' | 'ledger' | 'ledgerLine' | 'recordedOn'> {
  for (const [key, { line }] of fields) {
    if (!known.includes(key)) throw wrongField(file, line, `"${key}" is not known here (known: ${known.join(', ')})`);
  }
  const need = (key: string): Field => {
    const field = fields.get(key);
    if (!field) throw wrongField(file, 1, `"${key}" is missing`);
    return field;
  };
  const text = (key: string): string => {
    const { value, line } = need(key);
    if (typeof value !== 'string' || value === '') throw wrongField(file, line, `"${key}" is a text`);
    return value;
  };
  const minutes = need('minutes');
  if (typeof minutes.value !== 'string' || !/^[1-9]\d{0,2}$/.test(minutes.value))
    throw wrongField(file, minutes.line, '"minutes" is a whole number from 1 to 999');
  const ledger = need('ledger');
  if (typeof ledger.value === 'string') throw wrongField(file, ledger.line, '"ledger" is a list, as in [C12, F04]');
  return {
    title: text('title'),
    promise: text('promise'),
    minutes: Number(minutes.value),
    ledger: ledger.value,
    ledgerLine: ledger.line,
    recordedOn: fields.has('recorded') ? text('recorded') : undefined,
  };
}

function findDemos(id: string, folderName: string, folder: string): Demo[] {
  const demosFolder = join(folder, 'demos');
  if (!existsSync(demosFolder)) return [];
  return (
    readdirSync(demosFolder)
      // A second dot marks what belongs to a demo without being one: lost-updates.worker.ts
      .filter((file) => /^[^.]+\.ts$/.test(file))
      .sort()
      .map((file) => {
        const [, name] = demoFileName.exec(file) ?? [];
        if (name === undefined)
          throw new CourseError(
            `lessons/${folderName}/demos/${file}: a demo's file is named in small letters, digits and hyphens`,
            'Rename the file.',
          );
        return { id: `${id}/${name}`, name, file: join(demosFolder, file) };
      })
  );
}

function loadLabs(folderName: string, labsFolder: string): Lab[] {
  const folder = join(labsFolder, folderName);
  if (!existsSync(folder)) return [];
  const labs = readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'lab.json')))
    .sort()
    .map((name) => loadLab(`${folderName}/${name}`, labsFolder));
  for (const [index, lab] of labs.entries()) {
    const before = labs[index - 1];
    if (before?.id === lab.id)
      throw new CourseError(
        `labs/${folderName}: ${before.folderName} and ${lab.folderName} have the same number`,
        'Give one of the two folders another number.',
      );
  }
  return labs;
}

function wrongField(file: string, line: number, what: string): CourseError {
  return new CourseError(`${file}:${line}: ${what}`, "Mend the front matter; CONTRIBUTING.md lists a lesson's fields.");
}
