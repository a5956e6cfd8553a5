// The words for what a program has left running: pure, from data to text. Commands are the learner's; whoever shows
// them escapes.
import type { Leftover } from '../subject/leftovers.ts';

/** More processes than this are counted, not named. */
const mostNamed = 5;

/** One entry for the workers, one for each process: `a worker thread`, `the process "sleep 1000" (123)`. */
export function leftoverWords(left: readonly Leftover[]): string[] {
  const processes = left.flatMap((item) =>
    item.kind === 'process' ? [`the process "${item.command}" (${item.pid})`] : [],
  );
  const workers = left.length - processes.length;
  const more = processes.length - mostNamed;
  return [
    ...(workers === 0 ? [] : [workers === 1 ? 'a worker thread' : `${workers} worker threads`]),
    ...processes.slice(0, mostNamed),
    ...(more > 0 ? [`${more} more process${more === 1 ? '' : 'es'}`] : []),
  ];
}
