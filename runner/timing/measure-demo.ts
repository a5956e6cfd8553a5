// All the series of a demo, one after the other, in the process that runs the variants. Clock, chance and the way to
// report are handed in.
import { type Pace, capMs, leastRounds, mostAmounts } from './budget.ts';
import type { Demo, Side } from './demo.ts';
import { watchMachine } from './others-share.ts';
import { startProbe } from './parallelism-probe.ts';
import { type DemoPlan, type MachineLoad, type PlannedRatio, type PlannedSeries, type Round, ratioIn } from './plan.ts';
import { measureRounds } from './rounds.ts';
import { isKnown } from './stopping-rule.ts';

export interface Measuring {
  readonly pace: Pace;
  readonly now: () => number;
  /** from 0 up to 1 */
  readonly random: () => number;
  readonly isStopped: () => boolean;
  /** `load` counts from the beginning */
  readonly onRound: (round: Round, load: MachineLoad | undefined) => void;
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
    const inOrder = stoppableFirst(demo.plan);
    for (const [index, number] of inOrder.entries()) {
      if (measuring.isStopped()) break;
      const start = measuring.now();
      const series = demo.plan.series[number];
      const cap = capMs({ pace: measuring.pace, left: inOrder.length - index, spentMs, series });
      await measureSeries({ demo, context, number, cap, load, measuring });
      spentMs += measuring.now() - start;
    }
  } finally {
    await demo.teardown(context);
  }
}

/** The numbers of the series: those that may end early come first and leave their time to the others. */
function stoppableFirst(plan: DemoPlan): number[] {
  const hasSpeedUp = (number: number) =>
    ratiosOf(plan.series[number], plan.ratios).some(({ kind }) => kind === 'speed-up');
  return [...plan.series.keys()].sort((a, b) => Number(hasSpeedUp(a)) - Number(hasSpeedUp(b)));
}

function ratiosOf(series: PlannedSeries | undefined, ratios: readonly PlannedRatio[]): PlannedRatio[] {
  return ratios.filter(({ name }) => series?.ratios.includes(name));
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
  load: () => MachineLoad | undefined;
  measuring: Measuring;
}): Promise<void> {
  const planned = plan.series[number];
  const ratios = ratiosOf(planned, plan.ratios);
  const names = planned?.variants ?? [];
  const own = names.map((name) => sides.get(name)).filter((side): side is Side => !!side);
  const isTimed = own.every((side) => side.isTimed);
  const threads = [...new Set(ratios.flatMap(({ threads }) => threads ?? []))];
  const probe = threads.length === 0 ? undefined : { threads, probe: await startProbe(Math.max(...threads), now) };
  try {
    await measureRounds({
      sides: own,
      context,
      isBalanced: ratios.length > 0 && ratios.every(({ kind }) => kind === 'waits'),
      probe,
      cap,
      leastRounds: leastRounds({ pace, isTimed }),
      isEnough(rounds) {
        if (!isTimed) return rounds.length >= mostAmounts;
        // A lone variant has no ratio that could be known; a speed-up moves with the load, which takes time to see.
        if (ratios.length === 0 || probe) return false;
        return ratios.every((ratio) => isKnown(rounds.map((round) => ratioIn(round, names, ratio))));
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
