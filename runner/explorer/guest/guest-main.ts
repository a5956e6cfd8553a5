// The guest as a module of a subject: its exports are what the explorer calls over the wire.
import { Guest, type Opened, type Question } from './guest.ts';
import type { Told } from './replay.ts';

let guest: Guest | undefined;

process.on('unhandledRejection', (reason) => guest?.unhandled(reason));

/** @param stage the folder that all of its files have to lie in */
export function open(file: string, stage?: string): Opened {
  guest = new Guest(file, undefined, stage);
  return guest.open();
}

export function advance(question: Question): Told {
  if (!guest) throw new Error('nothing is open');
  return guest.advance(question);
}

export async function settle(): Promise<{ refusal: Told['said'] | undefined; hasPrinted: boolean }> {
  return { refusal: await guest?.settle(), hasPrinted: guest?.hasPrinted ?? false };
}
