// Times a lab's workload in three subjects: the naive version's, the learner's and the solution's. All of them run the
// author's driver beside their files, take turns in random order, and must give the same result for a number that
// nobody could foresee. What they print or claim counts for nothing.
import { randomInt } from 'node:crypto';
import { inspect, isDeepStrictEqual } from 'node:util';
import { type Lab, supportFiles, type TimingPlan } from '../course/lab.ts';
import { EndedError, type Ending } from '../subject/endings.ts';
import { Subject } from '../subject/subject.ts';
import { readSubmission, readTree } from '../subject/submission.ts';
import { isSpent, isWarm } from './budget.ts';
import { type LabTiming, type LabTimingRequest, labFindings, sideNames, sidesOf } from './lab-timing.ts';
import { othersShare, watchMachine } from './others-share.ts';
import { fewestPairs } from './verdict.ts';

/** A learner who has passed waits for so long, */
const capMs = 3_000;
/** and on a busy machine up to this many times as long, for too few pairs say nothing. */
const mostCaps = 2;
/** Learner code throws errors of any length. */
const mostQuoted = 200;
const driverFile = 'driver.ts';
const largestSeed = 2 ** 31;

export interface TimingRun {
  readonly request: LabTimingRequest;
  readonly onRound: () => void;
}

/** Three subjects that are running; closing ends them at any time. */
export class TimedSubjects {
  readonly #subjects: Subject[] = [];
  readonly #lab: Lab;
  readonly #plan: TimingPlan;

  constructor(lab: Lab, plan: TimingPlan) {
    this.#lab = lab;
    this.#plan = plan;
  }

  /** Never rejects for what a subject does: then nothing is compared, and it is said why. */
  async time({ request, onRound }: TimingRun): Promise<LabTiming> {
    try {
      await this.#load(request);
      return await this.#measure(request.once ? 0 : capMs, onRound);
    } catch (error) {
      if (!(error instanceof Unfinished)) throw error;
      return { kind: 'unfinished', why: error.message };
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#subjects.map((subject) => subject.kill()));
  }

  async #load({ layers, shown }: LabTimingRequest): Promise<void> {
    const support = new Set(supportFiles(this.#lab));
    const supporting = new Map([...readTree(this.#lab.folder)].filter(([name]) => support.has(name)));
    const { files: ownFiles, limits } = this.#lab;
    for (const [side, sideLayers] of sidesOf(this.#lab, this.#plan, layers).entries()) {
      const submission = readSubmission(this.#lab, sideLayers, shown);
      if (submission.kind === 'unusable') throw new Unfinished(`${nameOf(side)} cannot be run: ${submission.reason}.`);
      const subject = await settled(side, () => Subject.boot());
      this.#subjects.push(subject);
      const program = {
        files: submission.files,
        support: supporting,
        lab: ownFiles[0] ?? '',
        driver: driverFile,
        limits,
      };
      await settled(side, () => subject.load(program));
    }
  }

  async #measure(cap: number, onRound: () => void): Promise<LabTiming> {
    const machine = watchMachine();
    const rounds: number[][] = [];
    const start = performance.now();
    const elapsed = () => performance.now() - start;
    if (cap > 0) for (let dropped = 0; !isWarm({ dropped, elapsedMs: elapsed(), cap }); dropped++) await this.#round();
    let roundMs = 0;
    do {
      const begun = performance.now();
      rounds.push(await this.#round());
      roundMs = performance.now() - begun;
      onRound();
    } while (!isSpent({ elapsedMs: elapsed(), roundMs, cap: rounds.length < fewestPairs ? mostCaps * cap : cap }));
    const load = machine();
    const share = load && othersShare(load);
    return { kind: 'measured', title: this.#plan.title, ...labFindings(rounds, share) };
  }

  /** @returns the milliseconds of each side */
  async #round(): Promise<number[]> {
    const seed = randomInt(largestSeed);
    const results: unknown[] = [];
    const times: number[] = [];
    for (const side of shuffledSides()) {
      const subject = this.#subjects[side] as Subject;
      const release = subject.limit(this.#lab.limits.testMs);
      // From outside, for what a subject says of time is its own word; the way there and back is the same for all.
      const start = performance.now();
      results[side] = await settled(side, () => subject.call('driver', this.#plan.workload, [seed]));
      times[side] = performance.now() - start;
      release();
    }
    const different = results.findIndex((result) => !isDeepStrictEqual(result, results.at(-1)));
    if (different >= 0)
      throw new Unfinished(`${nameOf(different)} gave another result for the same work than the solution.`);
    return times;
  }
}

/** Nothing can be compared. */
class Unfinished extends Error {}

async function settled<Result>(side: number, use: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await use();
  } catch (error) {
    const what =
      error instanceof EndedError ? endingText(error.ending) : `threw ${thrownText(error).slice(0, mostQuoted)}`;
    throw new Unfinished(`${nameOf(side)} ${what}.`);
  }
}

/** What is no Error may throw when it is made a text. */
function thrownText(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : inspect(thrown);
}

function endingText(ending: Ending): string {
  switch (ending.kind) {
    case 'time':
      return `took longer than ${ending.limitMs} ms for the work`;
    case 'missing-export':
      return `has no "${ending.name}"`;
    case 'memory':
      return 'took too much memory for the work';
    default:
      return `did not come to the end of the work (${ending.kind})`;
  }
}

function nameOf(side: number): string {
  return ['The naive version', 'Your program', 'The solution'][side] ?? '';
}

function shuffledSides(): number[] {
  const sides: number[] = sideNames.map((_, side) => side);
  for (let last = sides.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [sides[last], sides[other]] = [sides[other] as number, sides[last] as number];
  }
  return sides;
}
