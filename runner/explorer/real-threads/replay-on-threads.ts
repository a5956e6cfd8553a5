// A schedule that the explorer found, on real threads: `worker_threads` are led through it in lock-step, on memory that they
// really share, and what they come to is compared with what the explorer says. The proof that its model of memory, of waiting
// and of notifying is that of the machine.
import { escapeLine } from '../../terminal/escape.ts';
import { operationKey, resultKey } from '../engine/keys.ts';
import { Layout, type NamedView } from '../engine/layout.ts';
import type { ScenarioFacts } from '../explore-file.ts';
import { counted, stepWords } from '../picture/words.ts';
import type { Unusable } from '../scenario.ts';
import { writeToken, type Token } from '../engine/schedule.ts';
import type { Failure, Step } from '../engine/verdict.ts';
import type { Conducted } from './conductor.ts';
import { runRealProcess, type WithoutResult } from './real-process.ts';

/** What the process of the threads says at its end. */
export type FromConductor =
  | Unusable
  /** the token belongs to other files than these */
  | { readonly kind: 'another-text' }
  | {
      readonly kind: 'conducted';
      readonly threads: number;
      readonly views: readonly NamedView[];
      readonly files: readonly string[];
      readonly digest: string;
      readonly conducted: Conducted;
    };

export interface ReplayOptions {
  /** what the explorer says of the same schedule: with it, each step is compared */
  readonly expected?: Failure | undefined;
  readonly signal?: AbortSignal;
  /** how many steps have been done, several times a second */
  readonly onProgress?: (steps: number) => void;
}

export type ThreadsReplay =
  | {
      readonly kind: 'replayed';
      readonly scenario: ScenarioFacts;
      readonly conducted: Conducted;
      /** the first thing in which it is not what was expected; undefined also where nothing was */
      readonly difference: string | undefined;
    }
  /** no such schedule can be followed by real threads */
  | { readonly kind: 'refused'; readonly reason: string; readonly next: string }
  | Unusable
  | WithoutResult;

const entry = new URL('./conductor-main.ts', import.meta.url);
const mostMs = 120_000;

/**
 * @param file the scenario, absolute
 * @returns when all its threads are gone
 */
export async function replayOnThreads(file: string, token: Token, options: ReplayOptions = {}): Promise<ThreadsReplay> {
  const { expected, signal, onProgress } = options;
  if (token.memory !== 'sc')
    return {
      kind: 'refused',
      reason: `A schedule of --memory ${token.memory} cannot be forced upon real threads: when a store leaves the buffer is the processor's matter.`,
      next: 'Replay it without --threads, or explore without --memory.',
    };
  const ending = await runRealProcess<FromConductor>({
    entry,
    args: [writeToken(token)],
    file,
    mostMs,
    signal,
    onBeat: ({ done }) => onProgress?.(done),
  });
  if (ending.kind === 'another-text')
    return {
      kind: 'refused',
      reason: 'This token belongs to another text of the scenario: a file has changed since.',
      next: 'Explore it again, without --replay.',
    };
  if (ending.kind !== 'conducted') return ending;
  const { threads, views, files, digest, conducted } = ending;
  const scenario: ScenarioFacts = { kind: 'threads', threads, layout: Layout.named(views), files, digest };
  return {
    kind: 'replayed',
    scenario,
    conducted,
    difference: expected && differenceFrom(expected, conducted, scenario),
  };
}

/** 1: the threads came to a failure, as `explore` ends when it finds one; 0: they came to none; 2: they could not be led. */
export function replayExitCode(replay: ThreadsReplay): 0 | 1 | 2 {
  if (replay.kind !== 'replayed' || replay.conducted.stuck !== undefined) return 2;
  return replay.conducted.failure ? 1 : 0;
}

/** @returns the first difference, in a sentence */
export function differenceFrom(
  expected: Failure,
  { steps, standings, failure, stuck }: Conducted,
  { layout }: Pick<ScenarioFacts, 'layout'>,
): string | undefined {
  const nameOf = layout.nameOf.bind(layout);
  for (const [index, step] of expected.steps.entries()) {
    const real = steps[index];
    if (!real) break;
    if (stepKey(step) !== stepKey(real))
      return (
        `Step ${index + 1} of thread ${real.thread} is "${stepWords(real, nameOf)}" on real threads; ` +
        `the explorer has "${stepWords(step, nameOf)}" of thread ${step.thread}.`
      );
  }
  if (stuck !== undefined) return `The threads leave the schedule after ${counted(steps.length, 'step')}: ${stuck}.`;
  if (!failure) return `They come to no failure; the explorer's is of the kind ${expected.kind}.`;
  if (failure.kind !== expected.kind)
    return `They come to a failure of the kind ${failure.kind}, not ${expected.kind}.`;
  if (steps.length < expected.steps.length)
    return `They come to it after ${counted(steps.length, 'step')}; the explorer has ${expected.steps.length}.`;
  // What is thrown and no error is told in different words.
  if (failure.said !== expected.said && !expected.said.startsWith('thrown:'))
    return `They say "${escapeLine(failure.said)}"; the explorer has "${escapeLine(expected.said)}".`;
  const [ends, expectedEnds] = [standings, expected.standings].map((list) => list.map(({ kind }) => kind).join(', '));
  if (ends !== expectedEnds) return `At the end the threads are: ${ends}; the explorer has: ${expectedEnds}.`;
  if (expected.kind !== 'race') return undefined;
  const [racing, expectedRacing] = [failure, expected].map(({ race }) => race?.threads.join(' and '));
  return racing === expectedRacing
    ? undefined
    : `It is threads ${racing} that race; the explorer has ${expectedRacing}.`;
}

function stepKey({ thread, kind, operation, result, before, after, sleeps, woken }: Step): string {
  const values = [before, after, sleeps ? undefined : result].map(resultKey);
  return `${thread} ${kind} ${operationKey(operation)} ${values.join(' ')} ${sleeps} ${woken.join()}`;
}
