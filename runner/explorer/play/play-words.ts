// What a game says: the aim, and how it ended beside what the explorer needed. Pure.
import { whatFailed } from '../picture/failure-words.ts';
import { counted } from '../picture/words.ts';
import { proofHeadline } from '../picture/proof.ts';
import type { Failure, FailureKind } from '../engine/verdict.ts';
import type { Player } from './player.ts';
import type { Where } from '../engine/walk.ts';

const aims: Readonly<Record<FailureKind, string>> = {
  assertion: 'that ends with a wrong result',
  exception: 'in which a thread throws',
  invariant: 'that breaks the invariant',
  deadlock: 'after which nobody can go on',
  livelock: 'that goes on for ever',
  race: 'with a data race',
};

/** What there is to be found. */
export function aimWords({ explored }: Player): string {
  const { exploration } = explored;
  switch (exploration.kind) {
    case 'failed':
      return `You are the scheduler. There is an order ${aims[exploration.failure.kind]}: find it. The explorer's takes ${sizeOf(exploration.failure)}.`;
    case 'passed':
      return `You are the scheduler, and there is nothing to win: ${proofHeadline(explored, exploration)}`;
    case 'unsupported':
      return '';
  }
}

/** `3 steps, 1 preemption (the explorer: 6, 1)`. */
export function scoreWords({ explored }: Player, { steps, preemptions }: Where): string {
  const { exploration } = explored;
  const mine = `${counted(steps.length, 'step')}, ${counted(preemptions, 'preemption')}`;
  if (exploration.kind !== 'failed') return mine;
  return `${mine} (the explorer: ${stepsOf(exploration.failure)}, ${exploration.failure.preemptions})`;
}

/** How it ended, in one paragraph and, of what was won, another; undefined: it goes on. */
export function endingWords(player: Player, { ending }: Where): string[] | undefined {
  switch (ending?.kind) {
    case undefined:
      return undefined;
    case 'failure':
      return [`Broken. ${whatFailed(ending.failure, player.explored.scenario)}`, compared(player, ending.failure)];
    case 'ended':
      return ['All threads have ended, and nothing is wrong. Go back with b, or begin again with r.'];
    case 'refused':
      return [`Here it cannot go on: ${ending.reason}.`];
    case 'cut':
      return ['Here it cannot go on: some thread has done more steps than are looked at.'];
  }
}

/** Fewer preemptions count for more than fewer steps. */
function compared({ explored }: Player, mine: Failure): string {
  const { exploration } = explored;
  const you = `You took ${sizeOf(mine)}.`;
  if (exploration.kind !== 'failed') return you;
  const { failure } = exploration;
  const its = `The explorer's way takes ${sizeOf(failure)}`;
  if (mine.preemptions > failure.preemptions) return `${you} ${its}: can you do it with fewer preemptions?`;
  if (mine.preemptions === failure.preemptions && stepsOf(mine) > stepsOf(failure))
    return `${you} That is as few preemptions as it takes. ${its}: can you do it in fewer steps?`;
  return failure.isMinimal ? `${you} That is as few as it takes.` : `${you} ${its}.`;
}

/** `6 steps and 2 preemptions`. */
function sizeOf(failure: Failure): string {
  return `${counted(stepsOf(failure), 'step')} and ${counted(failure.preemptions, 'preemption')}`;
}

/** Until it repeats. */
function stepsOf({ repeatsFrom, steps }: Failure): number {
  return repeatsFrom ?? steps.length;
}
