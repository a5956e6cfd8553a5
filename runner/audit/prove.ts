// Runs trials: takes them from one queue to several judges, each as often as asked, and says what came of them. It knows
// nothing of formats.
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { CourseError } from '../course/course-error.ts';
import { labPath, type Lab } from '../course/lab.ts';
import { startJudge, type JudgeClient } from '../judge/judge-client.ts';
import { lineOf, readText } from './content-files.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import { problemOfError, type Problem } from './problem.ts';
import type { Trial } from './trials.ts';

export interface ProveOptions {
  /** the course's folder */
  readonly root: string;
  /** judges side by side */
  readonly jobs: number;
  /** how often each trial is run */
  readonly repeat: number;
  /** what all random inputs come from */
  readonly seed: string;
  readonly onProgress?: ((done: number) => void) | undefined;
}

export interface Proof {
  readonly trial: Trial;
  readonly outcome: 'as-it-says' | 'problem' | 'not-proved-here' | 'not-judged';
  readonly problem: Problem | undefined;
}

/**
 * Judges every trial, `repeat` times each.
 * @returns a proof for each trial, in their order
 * @throws CourseError when the machine lacks something or a judge died
 */
export async function prove(trials: readonly Trial[], options: ProveOptions): Promise<Proof[]> {
  const proofs: Proof[] = [];
  /** Labs whose own suite or manifest is broken: one word about it is enough. */
  const broken = new Set<string>();
  const queue = trials.entries();
  let done = 0;
  let isStopped = false;
  const work = async (): Promise<void> => {
    let judge: JudgeClient | undefined;
    try {
      for (const [index, trial] of queue) {
        if (isStopped) return;
        judge ??= startJudge();
        proofs[index] = await proofOf(trial, judge, broken, options);
        options.onProgress?.(++done);
      }
    } catch (error) {
      isStopped = true;
      throw error;
    } finally {
      await judge?.close();
    }
  };
  const workers = Array.from({ length: Math.min(options.jobs, trials.length) }, work);
  const failure = (await Promise.allSettled(workers)).find((worker) => worker.status === 'rejected');
  if (failure) throw failure.reason;
  return proofs;
}

async function proofOf(trial: Trial, judge: JudgeClient, broken: Set<string>, options: ProveOptions): Promise<Proof> {
  const path = labPath(trial.lab);
  const outcomes: Outcome[] = [];
  try {
    for (let run = 1; run <= options.repeat && !broken.has(path); run++) {
      const verdict = await judge.judge({
        lab: path,
        labsRoot: join(options.root, 'labs'),
        layers: trial.layers,
        shown: trial.shown,
        seed: seedOf(run, options.seed),
      });
      if (verdict) outcomes.push(outcomeOf(trial, verdict));
    }
  } catch (error) {
    if (!(error instanceof CourseError) || error.exitCode !== 2) throw error;
    const isFirst = !broken.has(path);
    broken.add(path);
    return { trial, outcome: 'not-judged', problem: isFirst ? brokenLab(error, trial.lab, options.root) : undefined };
  }
  if (outcomes.length === 0) return { trial, outcome: 'not-judged', problem: undefined };
  const failed = outcomes.find((outcome) => outcome.kind === 'problem');
  if (!failed) return { trial, outcome: outcomes[0]?.kind ?? 'not-judged', problem: undefined };
  const { line, message } = failed;
  return {
    trial,
    outcome: 'problem',
    problem: { file: trial.file, line, message: message + inHowMany(outcomes, options) },
  };
}

/** The first run has the seed that was asked for, so that a seed that a problem names can be asked for. */
function seedOf(run: number, seed: string): string {
  return run === 1 ? seed : `${seed}-${run}`;
}

function inHowMany(outcomes: readonly Outcome[], { repeat, seed }: ProveOptions): string {
  if (repeat === 1) return '';
  const failed = outcomes.filter(({ kind }) => kind === 'problem').length;
  const first = outcomes.findIndex(({ kind }) => kind === 'problem') + 1;
  return failed === outcomes.length
    ? ` (in each of ${failed} runs)`
    : ` (in ${failed} of ${outcomes.length} runs; with --seed ${seedOf(first, seed)})`;
}

/** A suite that cannot be loaded, or whose tests are not those of lab.json: as near to the line as the message tells. */
function brokenLab(error: CourseError, lab: Lab, root: string): Problem {
  const folder = `labs/${labPath(lab)}`;
  const suite = `${folder}/lab.test.ts`;
  const problem = problemOfError(error, root, folder);
  const text = stripVTControlCharacters(problem.message);
  if (problem.file === suite) return { file: suite, line: lineInSuite(text), message: withoutStack(text) };
  // A test's name is in one of the two files and not in the other.
  const missing = /not in the suite: ([^;,]+)/.exec(text)?.[1];
  const extra = /twice in the suite: ([^;,]+)/.exec(text)?.[1];
  const [file, name] = missing ? [`${folder}/lab.json`, missing] : [suite, extra ?? '\0'];
  return { file, line: lineOf(readText(root, file), name), message: text };
}

function lineInSuite(stack: string): number | undefined {
  const line = /lab\.test\.ts:(\d+)/.exec(stack)?.[1];
  return line === undefined ? undefined : Number(line);
}

/** What vitest and vite were doing at that moment helps nobody with a suite. */
function withoutStack(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
    .join('\n');
}
