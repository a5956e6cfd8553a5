// The entry of the judge's process: trusted, started by judge-client.ts, one judgement at a time. It ends when its
// parent does, however that ended, and takes every subject with it.
import { loadLab } from '../course/lab.ts';
import { CourseError } from '../course/course-error.ts';
import { clearOrphans } from '../subject/orphans.ts';
import { openJudge } from './judge.ts';
import type { FromJudge, ToJudge } from './judge-client.ts';

// vitest replaces it by one that throws.
const exit = process.exit.bind(process);

const judge = openJudge();
clearOrphans();
const running = new Map<number, AbortController>();
let queue: Promise<void> = Promise.resolve();

process.on('message', (message: ToJudge) => {
  if (message.t === 'ping') return send({ t: 'pong' });
  if (message.t === 'cancel') return running.get(message.id)?.abort();
  const controller = new AbortController();
  running.set(message.id, controller);
  queue = queue.then(() => serve(message, controller.signal));
});

process.on('disconnect', () => {
  for (const controller of running.values()) controller.abort();
  // What runs is cancelled, and must have been cleared away before this process is gone: nobody else would.
  void queue
    .then(() => judge)
    .then((open) => open.close())
    .finally(() => exit(0));
});

async function serve({ id, request }: Extract<ToJudge, { t: 'judge' }>, signal: AbortSignal): Promise<void> {
  try {
    const lab = loadLab(request.lab, request.labsRoot);
    const verdict = signal.aborted
      ? undefined
      : await (await judge).judge({ ...request, lab }, signal, (news) => send({ t: 'test', id, news }));
    send({ t: 'verdict', id, verdict });
  } catch (error) {
    const known = error instanceof CourseError;
    send({
      t: 'problem',
      id,
      message: known ? error.message : String((error as Error).stack ?? error),
      next: known ? error.next : 'This is a bug in Interleave.',
      exitCode: known ? error.exitCode : 3,
    });
  } finally {
    running.delete(id);
  }
}

function send(message: FromJudge): void {
  // With a callback a parent that has just gone is no error: `disconnect` is on its way and ends everything in order.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}
