// The rounds of one series: every variant once in each, in random order, so that whatever happens to the machine
// happens to all of them alike. Clock, chance and the moment to stop are handed in; it knows nothing of claims.
import { setImmediate as turn } from 'node:timers/promises';
import { CourseError } from '../course/course-error.ts';
import { droppedAmounts, isSpent, isWarm } from './budget.ts';
import type { Side } from './demo.ts';
import { type ParallelismProbe, parallelism } from './parallelism-probe.ts';
import type { Round } from './plan.ts';
import { repeatsFor, shortestMs } from './repeats.ts';
import { takeSample } from './sample.ts';

export interface Series {
  readonly sides: readonly Side[];
  readonly context: unknown;
  /** the shorter of two that wait runs as long as the longer one */
  readonly isBalanced: boolean;
  /** measured in every round beside a speed-up */
  readonly probe?: { readonly threads: readonly number[]; readonly probe: ParallelismProbe } | undefined;
  /** milliseconds for all rounds, the dropped ones included */
  readonly cap: number;
  /** goes beyond the cap for these */
  readonly leastRounds: number;
  readonly isEnough: (rounds: readonly MeasuredRound[]) => boolean;
  readonly isStopped: () => boolean;
  readonly onRound: (round: MeasuredRound) => void;
  readonly now: () => number;
  /** from 0 up to 1 */
  readonly random: () => number;
}

export type MeasuredRound = Omit<Round, 'series'>;

/** Measures until enough is known, the time is up or somebody stops it. */
export async function measureRounds(series: Series): Promise<void> {
  const { sides, cap, now } = series;
  const start = now();
  const isTimed = sides.every((side) => side.isTimed);
  let repeats = sides.map(() => 1);
  for (let dropped = 0; !series.isStopped(); dropped++) {
    if (isTimed ? isWarm({ dropped, elapsedMs: now() - start, cap }) : dropped >= droppedAmounts) break;
    const round = await measureRound(series, repeats);
    if (isTimed) repeats = repeatsFor(round.runMs, series.isBalanced);
  }
  const rounds: MeasuredRound[] = [];
  let roundMs = 0;
  while (!series.isStopped() && !series.isEnough(rounds)) {
    const begun = now();
    if (rounds.length >= series.leastRounds && isSpent({ elapsedMs: begun - start, roundMs, cap })) break;
    const { runMs, ...round } = await measureRound(series, repeats);
    if (series.isStopped()) break;
    if (isTimed) repeats = longEnough(repeats, runMs);
    roundMs = now() - begun;
    rounds.push(round);
    series.onRound(round);
  }
}

/** Code may become faster after it was found to be warm. */
function longEnough(repeats: readonly number[], runMs: readonly number[]): number[] {
  const needed = repeatsFor(runMs, false);
  return repeats.map((times, side) => Math.max(times, needed[side] ?? times));
}

/** `runMs`: how long one run of each side took */
async function measureRound(series: Series, repeats: readonly number[]): Promise<MeasuredRound & { runMs: number[] }> {
  const { sides, context, probe, now } = series;
  const values = sides.map(() => 0);
  const runMs = sides.map(() => 0);
  let aloneMs = 0;
  const togetherMs = new Map<number, number>();
  const parts = sides.map((side, index) => async () => {
    const sample = await takeSample(side, context, repeats[index] ?? 1, now);
    values[index] = sample.value;
    runMs[index] = sample.ms / (repeats[index] ?? 1);
  });
  if (probe) {
    parts.push(async () => void (aloneMs = await probe.probe.alone()));
    for (const threads of probe.threads)
      parts.push(async () => void togetherMs.set(threads, await probe.probe.together(threads)));
  }
  for (const part of shuffled(parts, series.random)) {
    // What the last one left to be done is done before the next one begins; and the message to stop is heard.
    await turn();
    await part();
  }
  refuseImmeasurable(series, values, runMs);
  const offered = [...togetherMs].map(
    ([threads, ms]) => [threads, parallelism({ threads, aloneMs, togetherMs: ms })] as const,
  );
  return { values, repeats, runMs, ...(probe ? { offered: Object.fromEntries(offered) } : {}) };
}

function refuseImmeasurable({ sides }: Series, values: readonly number[], runMs: readonly number[]): void {
  for (const [index, { name, isTimed }] of sides.entries()) {
    if (isTimed && (repeatsFor([runMs[index] ?? 0], false)[0] ?? 1) * (runMs[index] ?? 0) < shortestMs / 2)
      throw new CourseError(
        `"${name}" takes ${((runMs[index] ?? 0) * 1e6).toFixed(0)} ns, which is too short to be timed.`,
        'Let one run do it many times, and say so with "count".',
      );
    if (!isTimed && sides.length > 1 && values[index] === 0)
      throw new CourseError(
        `"${name}" measured 0, and nothing is so many times as much as nothing.`,
        'Leave the ratio out, and judge the claim by the variant.',
      );
  }
}

/** Fisher and Yates. */
function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const left = [...items];
  return items.map(() => left.splice(Math.floor(random() * left.length), 1)[0] as Item);
}
