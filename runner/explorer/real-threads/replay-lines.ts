// What came of a schedule on real threads, in lines. Pure.
import { joined, proseColumns } from '../../terminal/block-lines.ts';
import { escapeLine } from '../../terminal/escape.ts';
import type { Style } from '../../terminal/style.ts';
import { wrap } from '../../terminal/wrap.ts';
import { whatFailed } from '../picture/failure-words.ts';
import { capital, counted, threadsText } from '../picture/words.ts';
import type { Failure } from '../engine/verdict.ts';
import { rounds } from './lockstep.ts';
import { problemWords, type Problem } from './problem-words.ts';
import type { ThreadsReplay } from './replay-on-threads.ts';

export interface LinesView {
  readonly columns: number;
  readonly style: Style;
  /** paths are shown from here */
  readonly cwd: string;
}

type Replayed = Extract<ThreadsReplay, { kind: 'replayed' }>;

/**
 * @param hasExpected whether there was something to compare with
 */
export function replayLines(replay: Replayed, hasExpected: boolean, { columns, style }: LinesView): string[] {
  const width = Math.min(columns - 1, proseColumns);
  const { conducted, difference, scenario } = replay;
  const { failure, steps, ms } = conducted;
  const led =
    `${counted(scenario.threads, 'real thread')} (worker_threads) went through ${counted(steps.length, 'step')}, ` +
    `one operation at a time, in ${ms.toLocaleString('en')} ms.`;
  const isSame = failure !== undefined && difference === undefined;
  const verdict = headline(replay, hasExpected);
  return joined([
    wrap(verdict, width).map(isSame ? style.bad : style.warning),
    wrap(led, width),
    ...(failure
      ? [wrap(escapeLine(whatFailed(failure, scenario)), width), wrap(evidence(failure, replay), width)]
      : []),
  ]);
}

function headline({ conducted: { failure, stuck, steps }, difference }: Replayed, hasExpected: boolean): string {
  if (difference !== undefined) return `Not the same on real threads. ${difference}`;
  if (failure) return hasExpected ? 'On real threads: the same failure.' : 'On real threads it fails.';
  return stuck === undefined
    ? 'On real threads nothing is wrong at the end of this schedule.'
    : `The real threads cannot go on after ${counted(steps.length, 'step')}: ${escapeLine(stuck)}.`;
}

/** What of it was seen on the threads themselves. */
function evidence(
  { kind, race, repeatsFrom, standings }: Failure,
  { conducted: { asleep }, scenario }: Replayed,
): string {
  const thrower = standings.findIndex((standing) => standing.kind === 'threw');
  switch (kind) {
    case 'assertion':
    case 'exception':
      return thrower >= 0
        ? `It is thread ${thrower} itself that threw it.`
        : 'All of them had ended, and final() looked at the memory that they had really shared.';
    case 'invariant':
      return 'invariant() looked at the memory that they really share.';
    case 'deadlock':
      return `V8 counts ${counted(asleep, 'thread')} asleep in Atomics.wait, and no other goes on.`;
    case 'race':
      return `${capital(threadsText(race?.threads ?? []))} stand before these accesses at the same time, and neither waits for the other.`;
    case 'livelock':
      return repeatsFrom === undefined
        ? 'It was given a second of a processor and did not come to another access.'
        : `They went ${rounds} times round. Each time memory was the same again, and ` +
            `${scenario.threads === 2 ? 'both' : 'all'} stood where they had stood before.`;
  }
}

/** Why there is nothing to show, and what to do. */
export function replayProblem(
  replay: Exclude<ThreadsReplay, Replayed>,
  file: string,
  view: Pick<LinesView, 'cwd'>,
): Problem {
  return replay.kind === 'refused' ? { message: replay.reason, next: replay.next } : problemWords(replay, file, view);
}
