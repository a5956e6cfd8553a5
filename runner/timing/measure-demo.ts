// All the series of a demo, one after the other, in the process that runs the variants. Clock, chance and the way to
// report are handed in.
import { type Pace, capMs, leastRounds, mostAmounts } from './budget.ts';
import type { Demo, Side } from './demo.ts';
import { watchMachine } from './others-share.ts';
import { startProbe } from './parallelism-probe.ts';
import type { MachineLoad, PlannedRatio, PlannedSeries, Round } from './plan.ts';
import { measureRounds } from './rounds.ts';
import { isKnown } from './stopping-rule.ts';

export interface Measuring {
  readonly pace: Pace;
  readonly now: () => number;
  /** from 0 up to 1 */
  readonly random: () => number;
  readonly isStopped: () => boolean;
  /** `load` counts from the beginning */
  readonly onRound: (round: Round, load: MachineLoad) => void;
}

/**
 * Sets the demo up, measures, tears it down.
 * @throws CourseError for what is wrong with the demo, and whatever its own code throws
 */
export async function measureDemo(demo: Demo, measuring: Measuring): Promise<void> {
  const context = await demo.setup();
  try {
    const load = watchMachine();
    let spentMs = 0;
    const inOrder = stoppableFirst(demo.plan.series, demo.plan.ratios);
    for (const [index, number] of inOrder.entries()) {
      if (measuring.isStopped()) break;
      const start = measuring.now();
      const cap = capMs({ pace: measuring.pace, left: inOrder.length - index, spentMs });
      await measureSeries({ demo, context, number, cap, load, measuring });
      spentMs += measuring.now() - start;
    }
  } finally {
    await demo.teardown(context);
  }
}

/** The numbers of the series: those that may end early come first and leave their time to the others. */
function stoppableFirst(series: readonly PlannedSeries[], ratios: readonly PlannedRatio[]): number[] {
  const isSpeedUp = (number: number) => ratioOf(series[number], ratios)?.kind === 'speed-up';
  return [...series.keys()].sort((a, b) => Number(isSpeedUp(a)) - Number(isSpeedUp(b)));
}

function ratioOf(series: PlannedSeries | undefined, ratios: readonly PlannedRatio[]): PlannedRatio | undefined {
  return ratios.find(({ name }) => name === series?.ratio);
}

async function measureSeries({
  demo: { plan, sides },
  context,
  number,
  cap,
  load,
  measuring: { pace, now, random, isStopped, onRound },
}: {
  demo: Demo;
  context: unknown;
  number: number;
  cap: number;
  load: () => MachineLoad;
  measuring: Measuring;
}): Promise<void> {
  const planned = plan.series[number];
  const ratio = ratioOf(planned, plan.ratios);
  const own = (planned?.variants ?? []).map((name) => sides.get(name)).filter((side): side is Side => !!side);
  const isTimed = own.every((side) => side.isTimed);
  const threads = ratio?.threads;
  const probe = threads === undefined ? undefined : { threads, probe: await startProbe(threads, now) };
  try {
    await measureRounds({
      sides: own,
      context,
      isBalanced: ratio?.kind === 'waits',
      probe,
      cap,
      leastRounds: leastRounds({ pace, isTimed }),
      isEnough(rounds) {
        if (!isTimed) return rounds.length >= mostAmounts;
        // A lone variant has no ratio that could be known; a speed-up moves with the load, which takes time to see.
        if (!ratio || probe) return false;
        return isKnown(rounds.map(({ values: [of = 0, over = 1] }) => of / over));
      },
      isStopped,
      onRound: (round) => onRound({ series: number, ...round }, load()),
      now,
      random,
    });
  } finally {
    await probe?.probe.close();
  }
}
