// `explore('scenario.ts')` in a suite: the scenario meets the file that is judged in every order of their steps. Its failure
// is the picture of the shortest schedule that fails; what it proves is kept with the test.
import { dirname, join } from 'node:path';
import type { ExploredTasks } from '../explorer/async/explore-async-file.ts';
import { AsyncLab } from '../explorer/async/explore-async-lab.ts';
import { isOfTasks } from '../explorer/async/is-of-tasks.ts';
import { taskFailureMessage } from '../explorer/async/picture.ts';
import { taskProofHeadline, taskProofLimits } from '../explorer/async/task-words.ts';
import type { AsyncFailure } from '../explorer/async/verdict.ts';
import type { Failure as ThreadsFailure } from '../explorer/engine/verdict.ts';
import { GuestEnded, GuestProcess } from '../explorer/guest-process.ts';
import { exploreLab, type LabOutcome } from '../explorer/lab/explore-lab.ts';
import type { ExploredFile } from '../explorer/explore-file.ts';
import { located } from '../explorer/located.ts';
import { failureMessage } from '../explorer/picture/picture.ts';
import { proofHeadline, proofLimits } from '../explorer/picture/proof.ts';
import { counted } from '../explorer/picture/words.ts';
import { LessonFailure, type Failure } from '../judge/failure.ts';
import type { Judgement } from '../judge/judgement.ts';
import type { Proof as ShownProof } from '../judge/verdict.ts';
import { EndedError } from '../subject/endings.ts';

export interface ExploreHints {
  /** what should have happened, in the lesson's words; above the picture */
  readonly expected?: string;
  /** where to look when the scenario's check fails */
  readonly look?: string;
}

/** What a scenario proved. */
export interface Proof {
  readonly threads: number;
  readonly states: number;
  /** in a sentence */
  readonly words: string;
}

type AnyFailure = ThreadsFailure | AsyncFailure;
/** With `look`, maybe. */
type Hints = { readonly [Key in keyof ExploreHints]: ExploreHints[Key] | undefined };
type ProofShown = Pick<ShownProof, 'brief' | 'limits'>;

/** As wide as a verdict is in a window of 80 columns, and of 60; what is longer is cut there. */
const pictureColumns = 77;
const narrowColumns = 59;

/** A lab's scenario is small; one that takes longer never ends. */
const mostLabMs = 20_000;
/** What a task that asks by a timer has not learnt by then it does not learn by asking once more. */
const mostVainRounds = 3;

/**
 * @param scenario a file in the lab's folder
 * @throws LessonFailure with the picture; EndedError when the learner's program ended
 */
export async function exploreScenario(judgement: Judgement, scenario: string, hints: ExploreHints): Promise<Proof> {
  const { files, origins } = judgement.program;
  const lab = judgement.lab.files[0] ?? '';
  const file = join(judgement.lab.folder, scenario);
  let outcome: LabOutcome | ExploredTasks;
  try {
    outcome = isOfTasks(file)
      ? await asyncLabOf(judgement, lab).explore(file, { signal: judgement.over, mostMs: mostLabMs, mostVainRounds })
      : await exploreLab({ file, lab, learner: learnerOf(judgement, lab), signal: judgement.over });
  } catch (error) {
    if (error instanceof GuestEnded) throw new EndedError(error.ending);
    if (judgement.over.aborted) throw new EndedError({ kind: 'cancelled' });
    throw error;
  }
  if (outcome.kind === 'unusable') throw new Error(`${outcome.file}:${outcome.line} ${outcome.reason}`);
  if (outcome.kind === 'missing-export')
    throw new EndedError({
      kind: 'missing-export',
      name: outcome.name,
      found: 'undefined',
      exports: outcome.exports,
    });
  const folder = dirname(join(judgement.lab.folder, scenario));
  const where = (name: string): string => origins.get(name) ?? (files.has(name) ? join(folder, name) : name);
  const learners = new Set([...files.keys()].map(where));
  const isFoundApart = outcome.kind === 'explored-tasks' && outcome.isFoundApart === true;
  const failed: Failed = (failure, picture) => {
    const look = isFoundApart ? whoComesBack : (whereToLook(failure, learners) ?? hints.look);
    return pictured(judgement, { ...hints, look }, picture);
  };
  const { brief, limits, ...proof } =
    outcome.kind === 'explored'
      ? proved({ ...outcome, exploration: located(outcome.exploration, where) }, failed)
      : provedOfTasks({ ...outcome, exploration: located(outcome.exploration, where) }, failed);
  judgement.keepProof({ words: proof.words, brief, limits });
  return proof;
}

const whoComesBack =
  'what your code does between settling a promise and the moment when its caller hears of it. Here a caller hears some microtasks later than in one process, and that is when it fails: it may not hang on how soon somebody comes back.';

type Failed = (failure: AnyFailure, picture: (columns: number) => string) => Error;

/** What the author says of where to look is about what the scenario checks, and not about every way to go wrong. */
function whereToLook({ kind, standings }: AnyFailure, learners: ReadonlySet<string>): string | undefined {
  if (kind === 'race')
    return 'the two accesses above: nothing orders them. If both are made by functions of Atomics, something does; or if both threads hold the same lock there. The words of which a lock is made have no lock around them: there only Atomics helps.';
  if (standings.some((standing) => standing.kind === 'hung'))
    return 'that loop: what makes it end, and who could bring that about while it runs.';
  const threw = standings.flatMap((standing) => (standing.kind === 'threw' ? standing.places.slice(0, 1) : []));
  return threw.some(({ file }) => learners.has(file))
    ? 'the line that throws, and the steps that lead there.'
    : undefined;
}

/** A failure that is drawn for two widths. */
function pictured(judgement: Judgement, { expected, look }: Hints, picture: (columns: number) => string): Error {
  const failure = (columns: number): Failure => ({
    ...(expected !== undefined && { expected }),
    happened: picture(columns),
    ...(look !== undefined && { look }),
  });
  judgement.keepNarrow(failure(narrowColumns));
  return new LessonFailure(failure(pictureColumns));
}

function proved(explored: ExploredFile, failed: Failed): Proof & ProofShown {
  const { exploration, scenario } = explored;
  switch (exploration.kind) {
    case 'failed':
      throw failed(exploration.failure, (columns) => failureMessage(explored, columns));
    case 'unsupported':
      throw unexplorable(exploration, 'threads');
    case 'passed':
      if (exploration.bound !== undefined)
        throw unfinished(
          proofHeadline(explored, exploration),
          'whether your code does more steps than it needs, or counts without end.',
        );
  }
  const { states } = exploration.effort;
  return {
    threads: scenario.threads,
    states,
    words: proofHeadline(explored, exploration),
    brief: `${counted(scenario.threads, 'thread')}, ${counted(states, 'state')}`,
    limits: proofLimits(exploration),
  };
}

function unexplorable({ reason, file, line }: { reason: string; file: string; line: number }, who: string): Error {
  const at = file === '' ? '' : ` (line ${line})`;
  return new LessonFailure({
    expected: 'code whose every step can be repeated in another order',
    happened: `Your code cannot be explored: ${reason}${at}.`,
    look: `that line: the explorer runs your functions many times, each time with other ${who} in between.`,
  });
}

function unfinished(words: string, look: string): Error {
  return new LessonFailure({
    expected: 'every interleaving to be tried',
    happened: words,
    look,
  });
}

function provedOfTasks(explored: ExploredTasks, failed: Failed): Proof & ProofShown {
  const { exploration, tasks } = explored;
  switch (exploration.kind) {
    case 'failed':
      throw failed(exploration.failure, (columns) => taskFailureMessage(explored, columns));
    case 'unsupported':
      throw unexplorable(exploration, 'tasks');
    case 'passed': {
      const words = taskProofHeadline(tasks, exploration);
      if (exploration.bound !== undefined)
        throw unfinished(
          words,
          'whether your code does more than it needs, or asks again and again instead of waiting to be told: each time it asks, there are as many orders more.',
        );
      const { states, runs } = exploration.effort;
      const brief = `${counted(tasks, 'task')}, ${counted(runs, 'order')}`;
      return { threads: tasks, states, words, brief, limits: taskProofLimits(exploration) };
    }
  }
}

/** One process for all scenarios of a judgement: booting one takes longer than most of them. */
const learners = new WeakMap<Judgement, GuestProcess>();

function learnerOf(judgement: Judgement, lab: string): GuestProcess {
  const known = learners.get(judgement);
  if (known) return known;
  const { files, spares, limits } = judgement.program;
  const learner = new GuestProcess(files, lab, spares, limits);
  learners.set(judgement, learner);
  judgement.over.addEventListener('abort', () => void learner.close(), { once: true });
  return learner;
}

const asyncLabs = new WeakMap<Judgement, AsyncLab>();

function asyncLabOf(judgement: Judgement, lab: string): AsyncLab {
  const known = asyncLabs.get(judgement);
  if (known) return known;
  const { files, spares, limits } = judgement.program;
  const made = new AsyncLab({ folder: judgement.lab.folder, lab, files, spares, limits });
  asyncLabs.set(judgement, made);
  judgement.over.addEventListener('abort', () => void made.close(), { once: true });
  return made;
}
