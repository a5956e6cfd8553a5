// Where does a subject stand that does not answer? SIGUSR1 opens its inspector even while it loops, and an
// evaluation through the inspector interrupts JavaScript and Atomics.wait alike, so that its stack can be read
// from outside without costing a healthy run anything. What comes back is the subject's own word: good for a
// message to the learner, never for a verdict.
import type { Readable } from 'node:stream';
import type { Doing, Place, Standing, ThreadStanding } from './endings.ts';
import { Inspector, stackExpression, type QueuesServed } from './inspector.ts';
import { placesIn } from './places.ts';

/** Each takes about 1 ms. */
const mostLooks = 30;

const mostProbes = 8;

const unknown: ThreadStanding = { doing: 'unknown', at: undefined };

/** What is known of a subject that was not asked, or did not answer. */
export const unknownStanding: Standing = { main: unknown, workers: [], pending: [] };

/**
 * Looks at a subject that was started with `--inspect-port=0`. It may be killed in the meantime.
 * @param stage the folder whose files are the learner's, absolute
 * @param budgetMs what it may take in all; what is not known by then is `unknown`
 */
export async function whereItStands(pid: number, stderr: Readable, stage: string, budgetMs: number): Promise<Standing> {
  const standing = { main: unknown, workers: [] as ThreadStanding[], pending: [] as string[] };
  const deadline = AbortSignal.timeout(budgetMs);
  let inspector: Inspector | undefined;
  try {
    inspector = await Inspector.open(pid, stderr, deadline);
    if (!inspector) return standing;
    const stack = await inspector.evaluate(stackExpression);
    // Before the probe, which would be pending itself.
    standing.pending = await pendingResources(inspector);
    const at = placesIn(stack, stage)[0];
    // Without a line of the learner's on its stack it does not look like a loop: it may just not have had a core.
    const doing = doingOf(stack, await inspector.probe(at ? 1 : mostProbes));
    standing.main = { doing, at };
    // Met just before it went to sleep, as on a machine with other things to do.
    if (doing === 'looping' && isInWait(await inspector.evaluate(stackExpression)))
      standing.main = { doing: 'waiting', at };
    standing.workers = await workerThreads(inspector, stage);
    if (!at && (doing === 'microtasks' || doing === 'ticks'))
      standing.main = { doing, at: await betweenTwo(inspector, stage) };
  } catch {
    // The budget is spent, the subject is gone, or it lies: what is known so far has to do.
  } finally {
    inspector?.close();
  }
  return standing;
}

/** A thread that runs one small function after the other is between two of them, more often than not. */
async function betweenTwo(inspector: Inspector, stage: string): Promise<Place | undefined> {
  for (let look = 0; look < mostLooks; look += 1) {
    const at = placesIn(await inspector.evaluate(stackExpression), stage)[0];
    if (at) return at;
  }
  // It may never be caught inside: an evaluation begins at a call or at the turn of a loop, and `await` is neither.
  return inspector.busiestPlace(stage);
}

function doingOf(stack: string, ran: QueuesServed): Doing {
  if (ran.loop) return 'idle';
  if (ran.microtasks) return 'microtasks';
  if (ran.ticks) return 'ticks';
  return isInWait(stack) ? 'waiting' : 'looping';
}

/** Whether the innermost frame below the evaluation's own ones is Atomics.wait. */
function isInWait(stack: string): boolean {
  const innermost = stack.split('\n').find((line) => line.startsWith('    at ') && !line.includes('<anonymous>:'));
  return innermost === '    at Atomics.wait (<anonymous>)';
}

/** Whether a frame is one of the streams and consoles of Node. */
function isInPrint(stack: string): boolean {
  return /^ {4}at [^\n]{0,200}\(node:internal\/(?:console\/|streams\/writable:|worker\/io:)/m.test(stack);
}

async function pendingResources(inspector: Inspector): Promise<string[]> {
  // Its own wire and output are pipes; they are always there.
  const names = await inspector.evaluate('process.getActiveResourcesInfo().join()');
  return names
    .split(',')
    .filter((name) => /^\w{1,40}$/.test(name) && name !== 'PipeWrap')
    .slice(0, 20);
}

async function workerThreads(inspector: Inspector, stage: string): Promise<ThreadStanding[]> {
  const stacks = await inspector.workerStacks();
  return stacks.map((stack) => {
    const at = placesIn(stack, stage)[0];
    return { doing: isInWait(stack) ? 'waiting' : at ? (isInPrint(stack) ? 'printing' : 'looping') : 'idle', at };
  });
}
