// The judge's process stays the judge's own: a library that was opened in it does not end it at a signal, nor because
// a promise was rejected that nobody waits for any more.
import { EndedError } from '../subject/endings.ts';
import { thrownBySubject } from '../subject/wire.ts';

const errorEvents = ['uncaughtException', 'unhandledRejection'] as const;
const ownEvents: readonly string[] = ['SIGINT', 'SIGTERM', 'exit', ...errorEvents];

/** Opens something and takes away again what it listens to of this process's own events. */
export async function openWithoutListeners<T>(open: () => Promise<T>): Promise<T> {
  const before = new Map(ownEvents.map((event) => [event, new Set<unknown>(process.listeners(event as 'exit'))]));
  const opened = await open();
  for (const event of ownEvents) {
    for (const listener of process.listeners(event as 'exit')) {
      if (!before.get(event)?.has(listener)) process.off(event, listener);
    }
  }
  return opened;
}

export interface LostErrors {
  /** What was thrown since this was asked last and reached nobody, but for what came of learner code. */
  take(): Error[];
}

/** From now on such errors end nothing; whoever runs something asks for them. */
export function collectLostErrors(): LostErrors {
  let lost: unknown[] = [];
  for (const event of errorEvents) process.on(event, (error: unknown) => void lost.push(error));
  return {
    take() {
      const taken = lost.filter((error) => error instanceof Error && !isOfSubject(error)) as Error[];
      lost = [];
      return taken;
    },
  };
}

/** What a program that ended or threw leaves in a test that no longer waits is no mistake of the suite. */
function isOfSubject(error: Error): boolean {
  return error instanceof EndedError || thrownBySubject.has(error);
}
