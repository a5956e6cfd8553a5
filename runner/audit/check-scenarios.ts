// What a lesson says of its scenarios: a block with the word `explore` shows one that can be explored to its end, and some order of
// it fails if and only if the block says so. It knows nothing of labs.
import { basename, dirname, join } from 'node:path';
import { parseFrontMatter } from '../course/front-matter.ts';
import { readLessonBody } from '../course/lesson-body.ts';
import { scenariosOf, type ExploredScenario } from '../course/lesson-programs.ts';
import { explorerProblem } from '../explorer/explorer-problem.ts';
import { runExplorer, type ExplorerEnding } from '../explorer/explorer-process.ts';
import { filesLike, kindOf } from './content-files.ts';
import { readDocument } from './document.ts';
import type { Problem } from './problem.ts';

/** A scenario of a lesson, and where that stands. */
export interface SaidOfScenario extends ExploredScenario {
  /** from the course's folder down */
  readonly lesson: string;
}

/**
 * All that the lessons say, in order. What is wrong with the text itself, or quotes a file that is not there, is left to others.
 * @param root the course's folder
 */
export function scenariosIn(root: string): SaidOfScenario[] {
  return filesLike(root, 'lessons/*/lesson.md').flatMap((lesson) => {
    const document = readDocument(root, lesson);
    if (!document) return [];
    const { body, bodyLine } = parseFrontMatter(document.text, lesson);
    const surroundings = { folder: dirname(lesson), recordedOn: undefined, hasDemo: () => true };
    const said = scenariosOf(readLessonBody(body, bodyLine, surroundings));
    return said
      .filter(({ file }) => kindOf(root, join(dirname(lesson), file)) === 'file')
      .map((scenario) => ({ ...scenario, lesson }));
  });
}

/** Explores each of them, `jobs` side by side. */
export async function proveScenarios(
  scenarios: readonly SaidOfScenario[],
  { root, jobs, onProgress }: { root: string; jobs: number; onProgress?: (() => void) | undefined },
): Promise<Problem[]> {
  const problems: (Problem | undefined)[] = [];
  const queue = scenarios.entries();
  const work = async (): Promise<void> => {
    for (const [index, scenario] of queue) {
      const { lesson, line, memory } = scenario;
      const file = join(root, dirname(lesson), scenario.file);
      const wrong = notAsSaid(scenario, file, await runExplorer({ file, options: { memory } }));
      if (wrong !== undefined) problems[index] = { file: lesson, line, message: wrong };
      onProgress?.();
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, scenarios.length) }, work));
  return problems.flatMap((problem) => problem ?? []);
}

/**
 * @param file the scenario, absolute
 * @returns what is wrong with what is said of it, or undefined
 */
export function notAsSaid(
  { fails }: Pick<ExploredScenario, 'fails'>,
  file: string,
  ending: ExplorerEnding,
): string | undefined {
  const name = basename(file);
  if (ending.kind !== 'explored' && ending.kind !== 'explored-tasks')
    return `${name} cannot be explored: ${explorerProblem(ending, file, { cwd: dirname(file) }).message}`;
  const { exploration } = ending;
  switch (exploration.kind) {
    case 'unsupported': {
      const { reason, line } = exploration;
      return `${name} cannot be explored: ${basename(exploration.file)}:${line}: ${reason}`;
    }
    case 'failed': {
      const { kind, said } = exploration.failure;
      const why = said === '' ? kind : `${kind}: ${said}`;
      return fails
        ? undefined
        : `${name} fails in some order (${why}); if it is meant to, write "fails" behind "explore"`;
    }
    case 'passed':
      if (exploration.bound !== undefined)
        return `${name} has more orders than could be tried (a bound was hit: ${exploration.bound})`;
      return fails ? `${name} is marked as one that fails, and fails in no order` : undefined;
  }
}
