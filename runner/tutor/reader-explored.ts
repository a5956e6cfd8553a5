// What stands below a scenario on a page of a lesson: how to explore it, and when that was done, what was found, what luck made of
// it on real threads, and what can be done next. Data and a width to lines; the scenario is read for the lines of its steps.
import { joined, proseColumns } from '../terminal/block-lines.ts';
import type { LessonView } from '../terminal/lesson-lines.ts';
import { wrap } from '../terminal/wrap.ts';
import { taskLines } from '../explorer/async/picture.ts';
import { explorationLines } from '../explorer/picture/picture.ts';
import { luckLines } from '../explorer/real-threads/luck-lines.ts';
import { problemLines } from './reader-places.ts';
import { deeds, explorationKey, type Explorable, type Runnable } from './reader-runnables.ts';
import type { Explored, Reading } from './reader-state.ts';

interface AtScenario {
  readonly view: LessonView;
  readonly reading: Reading;
  /** what is found was predicted, and the page goes on below it */
  readonly isStop: boolean;
  /** paths are shown from here, absolute */
  readonly cwd: string;
  /** takes a digit for it, if one is left */
  readonly keyOf: (runnable: Runnable) => string | undefined;
}

export interface ScenarioPlace {
  readonly lines: readonly string[];
  /** how many of them, at the end, came last */
  readonly newest: number;
}

export function scenarioPlace(scenario: Explorable, at: AtScenario): ScenarioPlace {
  const { view, reading, cwd } = at;
  const { style, columns } = view;
  const key = explorationKey(scenario);
  const explored = reading.explored.get(key);
  const problem = reading.problems.get(key);
  const how = howText(scenario, explored, at);
  const hint = how === '' ? [] : wrap(how, Math.min(columns, proseColumns)).map(style.quiet);
  const trouble = problem ? problemLines(problem, view) : [];
  if (!explored) {
    const lines = joined([trouble, hint]);
    return { lines, newest: lines.length };
  }
  const found = [style.heading('The explorer says:'), '', ...reportLines(explored, { columns, style, cwd })];
  const tried = triedLines(explored, view);
  const last = joined([tried, trouble, hint]);
  const lines = joined([found, last]);
  return { lines, newest: tried.length + trouble.length > 0 ? last.length : lines.length };
}

function reportLines({ found }: Explored, view: Pick<LessonView, 'columns' | 'style'> & { cwd: string }): string[] {
  const shown = { ...view, isTokenLeftOut: true };
  return found.kind === 'explored' ? explorationLines(found, shown) : taskLines(found, shown);
}

function triedLines({ found, luck }: Explored, view: LessonView): string[] {
  if (!luck) return [];
  const { exploration } = found;
  const search =
    exploration.kind === 'failed' ? { kind: exploration.failure.kind, states: exploration.effort.states } : undefined;
  return luckLines(luck, search, view);
}

/** `[1] explores it again, [2] tries luck, [3] plays it.` */
function howText(scenario: Explorable, explored: Explored | undefined, { isStop, keyOf }: AtScenario): string {
  const kinds = ['explore' as const, ...(explored ? furtherWays(explored) : [])];
  const offers = kinds.flatMap((kind) => {
    const digit = keyOf({ kind, ...scenario });
    const key = isStop && kind === 'explore' ? 'Enter' : digit === undefined ? undefined : `[${digit}]`;
    if (key === undefined) return [];
    const again = explored && (kind === 'explore' || (kind === 'luck' && explored.luck)) ? ' again' : '';
    const model = kind === 'explore' && scenario.memory === 'tso' ? ' with store buffers' : '';
    return [`${key} ${deeds[kind]}${model}${again}`];
  });
  if (offers.length === 0) return '';
  return `${offers.join(', ')}.${isStop ? ' s skips it.' : ''}`;
}

/** Luck and a game are for threads that come to grief; a game has no store buffers. */
function furtherWays({ found }: Explored): ('luck' | 'play')[] {
  if (found.kind !== 'explored' || found.exploration.kind !== 'failed') return [];
  return found.exploration.memory === 'sc' ? ['luck', 'play'] : ['luck'];
}
