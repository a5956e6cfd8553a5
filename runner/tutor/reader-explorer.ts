// Explores a scenario that a lesson quotes for somebody who reads it, lets real threads try their luck on it, or hands it over to
// be played, each in processes of their own. It knows nothing of how what comes of it is shown.
import { basename, join } from 'node:path';
import { explorerProblem } from '../explorer/explorer-problem.ts';
import { runExplorer } from '../explorer/explorer-process.ts';
import type { ExploredFile } from '../explorer/explore-file.ts';
import { byLuck } from '../explorer/real-threads/by-luck.ts';
import { problemWords } from '../explorer/real-threads/problem-words.ts';
import { counted } from '../explorer/picture/words.ts';
import { escapeLine } from '../terminal/escape.ts';
import type { Io } from '../terminal/io.ts';
import type { Explorable } from './reader-runnables.ts';
import type { ExplorationOutcome, LuckOutcome } from './reader-outcomes.ts';
import type { Problem } from './reader-state.ts';

export interface ScenarioToExplore extends Explorable {
  /** the course's folder */
  readonly root: string;
  /** ends it */
  readonly signal: AbortSignal;
  /** says in one line how far it is */
  readonly tell: (text: string) => void;
}

/** As `explore` does. */
const mostMs = 60_000;
const luckSeconds = 5;

/** What stands there while it is explored. */
export function exploringWords({ file, memory }: Explorable): string {
  return `Exploring ${escapeLine(basename(file))}${memory === 'tso' ? ' with store buffers' : ''}`;
}

/** What stands there while real threads run. */
export const luckWords = `Real threads run free for ${luckSeconds} s`;

export async function exploreForReader(scenario: ScenarioToExplore): Promise<ExplorationOutcome> {
  const { root, file, memory, signal, tell } = scenario;
  const path = join(root, file);
  const ending = await runExplorer({
    file: path,
    options: { memory, mostMs },
    signal,
    onProgress(states) {
      if (states > 0 && !signal.aborted) tell(`${exploringWords(scenario)}: ${counted(states, 'state')}`);
    },
  });
  if (ending.kind === 'explored' || ending.kind === 'explored-tasks') return { found: ending };
  return ending.kind === 'cancelled' ? {} : { problem: explorerProblem(ending, path, { cwd: root }) };
}

export async function tryLuckForReader({ root, file, signal, tell }: ScenarioToExplore): Promise<LuckOutcome> {
  const path = join(root, file);
  const luck = await byLuck(path, {
    seconds: luckSeconds,
    signal,
    onProgress(rounds, hits) {
      if (!signal.aborted) tell(`${luckWords}: ${hits.toLocaleString('en')} of ${counted(rounds, 'round')}`);
    },
  });
  if (luck.kind === 'tried') return { luck };
  return luck.kind === 'cancelled' ? {} : { problem: problemWords(luck, path, { cwd: root }) };
}

/** What stands there until the game begins. */
export function preparingWords({ file }: Explorable): string {
  return `Preparing ${escapeLine(basename(file))} to be played`;
}

/** From `takeWindow` on it has the terminal for itself until the game is over. */
export async function playForReader(
  { root, file, signal }: Pick<ScenarioToExplore, 'root' | 'file' | 'signal'>,
  explored: ExploredFile,
  io: Io,
  takeWindow: () => void,
): Promise<'left' | 'interrupted' | Problem> {
  const { play } = await import('../explorer/play/play-screen.ts');
  const { WalkEnded } = await import('../explorer/play/walk-process.ts');
  try {
    return await play(explored, file, io, () => {
      signal.throwIfAborted();
      takeWindow();
    });
  } catch (error) {
    if (error === signal.reason) return 'left';
    if (!(error instanceof WalkEnded)) throw error;
    return explorerProblem(error.ending, join(root, file), { cwd: root });
  }
}
