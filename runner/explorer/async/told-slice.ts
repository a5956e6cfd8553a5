// Whether what came over the wire is something that an explorer can say. Where the learner's module is in the same process, every
// byte is of unknown intent; what passes here is of the right shape, and can be counted and drawn.
import type { FailureKind } from '../engine/verdict.ts';
import { arePlaces, isCount, isRecord, isRefusal, isText } from '../told-check.ts';
import type { OpenedAsync, Slice } from './explorer.ts';
import type { AsyncBound, AsyncExploration, AsyncFailure } from './verdict.ts';

const mostItems = 100_000;
const kinds = new Set<FailureKind>(['assertion', 'exception', 'invariant', 'deadlock', 'livelock']);
const bounds = new Set<AsyncBound>(['orders', 'time', 'operations', 'polling', 'hang', 'schedule']);

export function isOpenedAsync(value: unknown): value is OpenedAsync {
  if (!isRecord(value)) return false;
  return value.kind === 'opened'
    ? isCount(value.tasks) && areAll(value.files, isText) && areAll(value.wanted, isText)
    : value.kind === 'unusable' && isRefusal(value);
}

export function isSlice(value: unknown): value is Slice {
  if (!isRecord(value)) return false;
  switch (value.kind) {
    case 'going': {
      const { orders, states, next } = value;
      return isCount(orders) && isCount(states) && isRecord(next) && (next.kind !== 'step' || isText(next.order));
    }
    case 'ask':
      return areAll(value.questions, (heard) => areAll(heard, isText));
    case 'done':
      return isExploration(value.exploration) && (value.heard === undefined || areAll(value.heard, isText));
    default:
      return false;
  }
}

export function isExploration(value: unknown): value is AsyncExploration {
  if (!isRecord(value)) return false;
  const { kind, bound, effort, failure } = value;
  if (kind === 'unsupported') return isRefusal(value);
  if (bound !== undefined && !bounds.has(bound as AsyncBound)) return false;
  if (!isRecord(effort) || ![effort.states, effort.runs].every(isCount) || typeof effort.ms !== 'number') return false;
  return kind === 'passed' || (kind === 'failed' && isFailure(failure));
}

function isFailure(failure: unknown): failure is AsyncFailure {
  if (!isRecord(failure)) return false;
  const { kind, said, preemptions, order, steps, repeatsFrom, standings, isMinimal } = failure;
  return (
    kinds.has(kind as FailureKind) &&
    isText(said) &&
    isCount(preemptions) &&
    areAll(order, isCount) &&
    areAll(steps, isStep) &&
    (repeatsFrom === undefined || isCount(repeatsFrom)) &&
    areAll(standings, isStanding) &&
    typeof isMinimal === 'boolean'
  );
}

function isStep(step: unknown): boolean {
  if (!isRecord(step)) return false;
  const { turn, thread, kind, operation, value, isThrown, places, isPreemption } = step;
  return (
    isCount(turn) &&
    (thread === -1 || isCount(thread)) &&
    ['start', 'effect', 'timer'].includes(String(kind)) &&
    isText(operation) &&
    (value === undefined || isText(value)) &&
    arePlaces(places) &&
    [isThrown, isPreemption].every((each) => typeof each === 'boolean')
  );
}

function isStanding(standing: unknown): boolean {
  if (!isRecord(standing)) return false;
  const { kind, places, operation, name, message } = standing;
  switch (kind) {
    case 'ended':
    case 'unstarted':
      return true;
    case 'next':
      return isText(operation) && arePlaces(places);
    case 'threw':
      return isText(name) && isText(message) && arePlaces(places);
    default:
      return (kind === 'waits' || kind === 'hung') && arePlaces(places);
  }
}

function areAll(items: unknown, isOne: (item: unknown) => boolean): boolean {
  return Array.isArray(items) && items.length <= mostItems && items.every(isOne);
}
