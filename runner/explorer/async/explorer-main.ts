// The exploration of async code as a module of a subject: its exports are what is called over the wire.
import type { Hang } from './description.ts';
import { AsyncExplorer, type LearnerElsewhere, type OpenedAsync, type Slice } from './explorer.ts';
import { readTold, type Said, type Told } from './dialogue.ts';
import type { LearnerAnswer } from './learner-process.ts';
import type { Place } from '../engine/operation.ts';
import type { AsyncExploration, AsyncOptions } from './verdict.ts';

let explorer: AsyncExplorer | undefined;

process.on('unhandledRejection', (reason) => explorer?.unhandled(reason));
// Thrown by a listener of an EventTarget, say.
process.on('uncaughtException', (error) => explorer?.unhandled(error));

const nonsense = told({ kind: 'refusal', reason: 'it tells what makes no sense', file: '', line: 0 });

export function open(
  file: string,
  options: AsyncOptions,
  hangs: readonly Hang[],
  learner?: LearnerElsewhere,
): OpenedAsync {
  explorer = new AsyncExplorer(file, options, hangs, learner);
  return explorer.open();
}

export async function advance(ms: number, mostOrders: number): Promise<Slice> {
  return opened().advance(ms, mostOrders);
}

export function tell(answers: readonly LearnerAnswer[]): void {
  opened().tell(answers.map((answer) => ('hung' in answer ? hung(answer.hung) : (readTold(answer.told) ?? nonsense))));
}

export async function advanceCarefully(): Promise<Slice> {
  return opened().advanceCarefully();
}

export async function follow(order: string, repeatsFrom: number | undefined): Promise<AsyncExploration> {
  return opened().follow(order, repeatsFrom);
}

export async function stop(): Promise<AsyncExploration> {
  return opened().stop();
}

function opened(): AsyncExplorer {
  if (!explorer) throw new Error('nothing is open');
  return explorer;
}

function hung(places: readonly Place[]): Told {
  return told({ kind: 'hung', places });
}

function told(last: Said['last']): Told {
  return { said: { posts: [], settled: [], last }, postPlaces: [], thrownPlaces: [], before: 0 };
}
