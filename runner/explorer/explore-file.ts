// From a scenario's file to what can be said of it: loads the author's part here, starts the threads' process, lets the
// search ask it. To be run in a process that may be killed: an author's check may hang.
import { readFileSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { exploreThreads, followSchedule, type ThreadsToExplore } from './engine/explore.ts';
import { defaultOptions, type Options } from './engine/options.ts';
import { GuestProcess } from './guest-process.ts';
import type { Question } from './guest/guest.ts';
import type { Heard } from './guest/replay.ts';
import type { AskThread } from './engine/program.ts';
import { located } from './located.ts';
import { lineOfExport, loadScenario, type LoadedScenario, type Unusable } from './scenario.ts';
import type { Schedule } from './engine/schedule.ts';
import type { Exploration } from './engine/verdict.ts';

export interface ExploreOptions extends Partial<Options> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (states: number) => void;
  /** no search: just this schedule */
  readonly follow?: Schedule;
}

/** What is known of a scenario where an exploration is shown. */
export type ScenarioFacts = Pick<LoadedScenario, 'kind' | 'threads' | 'layout' | 'files' | 'digest'>;

export interface ExploredFile {
  readonly kind: 'explored';
  readonly scenario: ScenarioFacts;
  /** places in it have absolute files */
  readonly exploration: Exploration;
}

/**
 * @param file absolute
 * @throws GuestEnded when the threads' process ended by itself
 */
export async function exploreFile(file: string, options: ExploreOptions = {}): Promise<ExploredFile | Unusable> {
  const scenario = loadScenario(file);
  if (scenario.kind === 'unusable') return scenario;
  const staged = stagedFiles(scenario.files);
  const guest = new GuestProcess(staged.files, staged.names.get(file) ?? '');
  try {
    const opened = await guest.open();
    const where = (name: string): string => staged.origins.get(name) ?? name;
    if (opened.kind === 'refusal')
      return { kind: 'explored', scenario, exploration: { ...opened, kind: 'unsupported', file: where(opened.file) } };
    const { signal, onProgress, follow, ...rest } = options;
    const toExplore: ThreadsToExplore = {
      ask: Array.from({ length: scenario.threads }, (_, thread) => asker(guest, scenario, thread)),
      bytes: scenario.bytes,
      checks: scenario.checks,
      outside: () => guest.outside(),
      options: { ...defaultOptions, ...rest },
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    };
    const exploration = follow ? await followSchedule(toExplore, follow) : await exploreThreads(toExplore);
    return { kind: 'explored', scenario, exploration: placed(located(exploration, where), file) };
  } finally {
    await guest.close();
  }
}

/** A refusal without a place is about `thread` itself. */
function placed(exploration: Exploration, file: string): Exploration {
  if (exploration.kind !== 'unsupported' || exploration.file !== '') return exploration;
  return { ...exploration, file, line: lineOfExport(file, 'thread') };
}

/** A run begins with the call of the scenario's `thread`. */
export function asker(guest: GuestProcess, { shared, bytes }: LoadedScenario, thread: number): AskThread {
  const beginning: Heard[] = [
    { kind: 'call', demand: ['get', 0, 'thread'], args: [] },
    { kind: 'call', demand: ['apply', 1], args: [undefined, thread, shared] },
  ];
  return async ({ results, ...rest }) => {
    const question: Question = { heard: [...beginning, ...results], ...rest };
    return guest.ask(question, bytes.length);
  };
}

export interface Staged {
  /** by their names on the stage */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** from where a file lies to its name on the stage, and back */
  readonly names: ReadonlyMap<string, string>;
  readonly origins: ReadonlyMap<string, string>;
}

/** Puts files into one folder so that they find each other as they did. */
export function stagedFiles(paths: readonly string[]): Staged {
  let root = dirname(paths[0] ?? '/');
  while (paths.some((path) => relative(root, path).startsWith('..'))) root = dirname(root);
  const names = new Map(paths.map((path) => [path, relative(root, path).split(sep).join('/')]));
  return {
    files: new Map([...names].map(([path, name]) => [name, readFileSync(path)])),
    names,
    origins: new Map([...names].map(([path, name]) => [name, path])),
  };
}
