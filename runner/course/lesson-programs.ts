// The programs in a lesson's text, each of which a test has to run: files that it quotes, and blocks that are programs as
// they stand. It knows nothing of how they are run.
import { posix } from 'node:path';
import { parseFenceInfo } from './fence-info.ts';
import { plainBlocksOf, type LessonBody } from './lesson-blocks.ts';

/** What a test can run. */
const languages = ['ts', 'js', 'py'];

export interface Program {
  readonly language: string;
  /** the line of the first block that shows it, counted from 1 */
  readonly line: number;
  /** from the lesson's folder down; without one the block itself is the program */
  readonly file: string | undefined;
  /** of a block without a file */
  readonly text: string;
  /** it ends with an error, and is meant to */
  readonly fails: boolean;
  /** it is no program by itself: a program of the lesson imports it or starts it as a thread or a process */
  readonly isPart: boolean;
}

/** Every program once, in order. */
export function programsOf({ pages }: LessonBody): Program[] {
  const programs: Program[] = [];
  for (const block of pages.flatMap(plainBlocksOf)) {
    if (block.kind !== 'fence') continue;
    const { language, file: named, words } = parseFenceInfo(block.info);
    if (!languages.includes(language)) continue;
    const file = named === undefined ? undefined : posix.normalize(named);
    if (file !== undefined && programs.some((program) => program.file === file)) continue;
    programs.push({
      language,
      line: block.line,
      file,
      text: block.text,
      fails: words.includes('fails'),
      isPart: file !== undefined && isPart(file),
    });
  }
  return programs;
}

/** The languages of a lesson's programs. */
export function languagesOf(body: LessonBody): Set<string> {
  return new Set(programsOf(body).map(({ language }) => language));
}

/** A second dot marks what belongs to a program without being one, as with demos: `answer.worker.ts`. */
function isPart(file: string): boolean {
  return posix.basename(file).split('.').length > 2;
}
