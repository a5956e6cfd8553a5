// The learner's side of a graded exploration as a module of a subject: its exports are what is called over the wire.
import { written, readHeard } from './dialogue.ts';
import type { Place } from '../engine/operation.ts';
import { Learner, type OpenedLearner } from './learner.ts';

let learner: Learner | undefined;

process.on('unhandledRejection', (reason) => learner?.unhandled(reason));
// Thrown by a listener of an EventTarget, say.
process.on('uncaughtException', (error) => learner?.unhandled(error));

export function open(file: string, stage: string): OpenedLearner {
  learner = new Learner(file, stage);
  return learner.open();
}

/** @param questions for each of them all that was heard, as texts */
export async function answer(questions: readonly (readonly string[])[]): Promise<string[]> {
  const told: string[] = [];
  for (const heard of questions) {
    if (!learner) throw new Error('nothing is open');
    told.push(written(await learner.answer(heard.map(readHeard))));
  }
  return told;
}

/** @returns pairs of a task and where it awaits, innermost first */
export async function awaits(heard: readonly string[]): Promise<[number, readonly Place[]][]> {
  if (!learner) throw new Error('nothing is open');
  return [...(await learner.awaits(heard.map(readHeard)))];
}
