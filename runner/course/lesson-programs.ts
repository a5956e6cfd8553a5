// The programs in a lesson's text, each of which a test has to run: files that it quotes, and blocks that are programs as
// they stand; and the scenarios, which are explored. It knows nothing of how that is done.
import { posix } from 'node:path';
import type { Fence } from './blocks.ts';
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

/** A scenario of which the text says what comes of it in every order. */
export interface ExploredScenario {
  /** from the lesson's folder down */
  readonly file: string;
  /** the line of the first block that says so, counted from 1 */
  readonly line: number;
  readonly memory: 'sc' | 'tso';
  /** some order of it fails, and is meant to */
  readonly fails: boolean;
}

/** Every program once, in order; no scenario that is explored is one. */
export function programsOf(body: LessonBody): Program[] {
  const programs: Program[] = [];
  const explored = new Set(scenariosOf(body).map(({ file }) => file));
  for (const block of fencesOf(body)) {
    const { language, file: named, words } = parseFenceInfo(block.info);
    if (!languages.includes(language)) continue;
    const file = named === undefined ? undefined : posix.normalize(named);
    if (file !== undefined && (explored.has(file) || programs.some((program) => program.file === file))) continue;
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

/** Everything that the text says of a scenario, once, in order. */
export function scenariosOf(body: LessonBody): ExploredScenario[] {
  const scenarios: ExploredScenario[] = [];
  for (const block of fencesOf(body)) {
    const info = parseFenceInfo(block.info);
    if (info.file === undefined || !info.words.includes('explore')) continue;
    const file = posix.normalize(info.file);
    const memory = info.words.includes('tso') ? 'tso' : 'sc';
    const fails = info.words.includes('fails');
    const isSaid = scenarios.some((one) => one.file === file && one.memory === memory && one.fails === fails);
    if (!isSaid) scenarios.push({ file, line: block.line, memory, fails });
  }
  return scenarios;
}

/** The languages of a lesson's code. */
export function languagesOf(body: LessonBody): Set<string> {
  const all = fencesOf(body).map(({ info }) => parseFenceInfo(info).language);
  return new Set(all.filter((language) => languages.includes(language)));
}

function fencesOf({ pages }: LessonBody): Fence[] {
  return pages.flatMap(plainBlocksOf).filter((block) => block.kind === 'fence');
}

/** A second dot marks what belongs to a program without being one, as with demos: `answer.worker.ts`. */
function isPart(file: string): boolean {
  return posix.basename(file).split('.').length > 2;
}
