// An order that was found, run once more and written down: its steps with their values and lines, how each task stands in the
// end, the circle that it goes round in.
import { placesOfError } from '../guest/places-on-stack.ts';
import type { Place } from '../engine/operation.ts';
import { watchAwaits, type Awaits } from './awaits.ts';
import type { Choice } from './pending.ts';
import { periodOf } from './repetition.ts';
import type { Run } from './run.ts';
import type { ScenarioCode } from './scenario-code.ts';
import type { Begun, Failing } from './search.ts';
import type { AsyncFailure, AsyncStanding, AsyncStep } from './verdict.ts';
import { operationNames, RunWriter, type Gave } from './writer.ts';

/** A step that does not come back: the order that it ends, and where it was. */
export interface Hang {
  readonly order: string;
  readonly places: readonly Place[];
}

export interface Describer {
  readonly code: ScenarioCode;
  readonly begin: (writer: RunWriter) => Promise<Begun>;
  /** where somebody else's error was made */
  readonly isOurs: (file: string) => boolean;
}

interface Described {
  readonly run: Run;
  readonly awaits: Awaits;
  readonly steps: readonly AsyncStep[];
}

/** @param hangs its last step does not come back: only its effect is done */
export async function runWritten(describer: Describer, order: string, hangs = false): Promise<Described> {
  const { code } = describer;
  const { result, awaits } = await watchAwaits(
    () => code.realm.task(),
    () => code.places(),
    () => runSteps(describer, order, hangs),
  );
  return { ...result, awaits };
}

async function runSteps({ code, begin }: Describer, order: string, hangs: boolean): Promise<Omit<Described, 'awaits'>> {
  let names: ReadonlyMap<object, string> = new Map();
  const steps: AsyncStep[] = [];
  const writer = new RunWriter(
    () => code.places(),
    () => names,
  );
  const { run } = await begin(writer);
  names = operationNames(run.shared, (value) => run.operations.numberOf(value) >= 0);
  for (const [at, letter] of Array.from(order).entries()) {
    const { turns, free } = run.work.turns();
    const index = letter.charCodeAt(0);
    const turn = turns[index];
    if (!turn || run.end) break;
    writer.keepsQuiet = hangs && at === order.length - 1;
    const isPreemption = (choice: Choice): boolean => index >= free && (turn.length === 1 || choice !== turn[0]);
    const done = (choice: Choice): void => {
      steps.push(stepOf(choice, { turn: at, isPreemption: isPreemption(choice), gave: writer.takeGave() }));
    };
    if (!writer.keepsQuiet || turn[0]?.kind === 'operation') await run.take(turn, done);
    else turn.forEach(done);
    if (!writer.keepsQuiet) run.look();
  }
  return { run, steps };
}

function stepOf(
  choice: Choice,
  { gave, ...rest }: { turn: number; isPreemption: boolean; gave: Gave | undefined },
): AsyncStep {
  const isStart = choice.kind === 'start';
  return {
    thread: choice.task,
    kind: isStart ? 'start' : choice.kind === 'operation' ? 'effect' : 'timer',
    operation: isStart ? 'start' : choice.text,
    value: gave?.text,
    isThrown: gave?.isThrown ?? false,
    places: isStart ? [] : choice.places,
    ...rest,
  };
}

/**
 * @param hang where its last step hangs, seen from outside
 * @param repeatsFrom of a circle, when it is known
 */
export async function describeFailing(
  describer: Describer,
  { order, preemptions, end }: Omit<Failing, 'steps'>,
  { hang, isMinimal, repeatsFrom }: { hang: Hang | undefined; isMinimal: boolean; repeatsFrom?: number | undefined },
): Promise<AsyncFailure> {
  const { run, awaits, steps } = await runWritten(describer, order, hang !== undefined);
  const hungAt = hang?.places ?? ('places' in end ? end.places : undefined);
  const isEndless = end.kind === 'livelock' && !hungAt;
  const circle = isEndless && repeatsFrom === undefined ? circleOf(steps) : undefined;
  const shown = circle ? steps.slice(0, circle.from + circle.period) : steps;
  // Of those that came in one turn nobody can say which one it is.
  const hanging = steps.filter(({ turn }) => turn === steps.at(-1)?.turn).map(({ thread }) => thread);
  const standing = (task: number): AsyncStanding => {
    if (hungAt && hanging.includes(task)) return { kind: 'hung', places: hungAt };
    return standingOf(describer, run, awaits, task);
  };
  return {
    kind: end.kind === 'refused' ? 'exception' : end.kind,
    said: end.kind === 'refused' ? end.reason : end.said,
    preemptions,
    order: Array.from(order.slice(0, (shown.at(-1)?.turn ?? -1) + 1), (letter) => letter.charCodeAt(0)),
    steps: shown,
    repeatsFrom: repeatsFrom ?? circle?.from,
    standings: run.states.map((_, task) => standing(task)),
    isMinimal,
  };
}

/** Whether the turns of an order, from one on, go round in a circle: with the same values, too. */
export async function isCircle(describer: Describer, order: string, from: number): Promise<boolean> {
  const steps = (await runWritten(describer, order)).steps.filter(({ turn }) => turn >= from);
  const threads = new Set(steps.map(({ thread }) => thread));
  const isRound = (thread: number): boolean =>
    periodOf(steps.filter((step) => step.thread === thread).map(textOf)) !== undefined;
  return periodOf(steps.map(textOf), 2) !== undefined && [...threads].every(isRound);
}

export function textOf({ thread, operation, value }: AsyncStep): string {
  return `${thread} ${operation} ${value}`;
}

function standingOf({ isOurs }: Describer, run: Run, awaits: Awaits, task: number): AsyncStanding {
  const state = run.states[task];
  if (!state) return { kind: 'unstarted' };
  if (state.kind === 'threw') {
    const { name, message, stack } = state.thrown;
    return { kind: 'threw', name, message, places: placesOfError(stack, isOurs) };
  }
  if (state.kind !== 'running') return { kind: state.kind };
  const next = run.work.begun.find((work) => work.task === task);
  if (next) return { kind: 'next', operation: next.text, places: next.places };
  return { kind: 'waits', places: awaits.get(task) ?? [] };
}

/** The circle that the last half of the steps goes round in, and where it is entered. */
function circleOf(steps: readonly AsyncStep[]): { readonly from: number; readonly period: number } | undefined {
  const texts = steps.map(textOf);
  const period = periodOf(texts.slice(texts.length >>> 1), 2);
  if (period === undefined) return undefined;
  let from = texts.length >>> 1;
  // A circle is entered at the beginning of a turn.
  const isAlone = (at: number): boolean => ![at - 1, at + 1].some((other) => steps[other]?.turn === steps[at]?.turn);
  while (from > 0 && isAlone(from - 1) && texts[from - 1] === texts[from - 1 + period]) from -= 1;
  return { from, period };
}
