// caught by "runAll runs all threads at the same time": No thread was started
import { syncBuiltinESMExports } from 'node:module';
import workerThreads from 'node:worker_threads';

type Job = { file: URL; data: unknown };
type Ending = { error: unknown } | { answer: unknown };

let number = 0;
Atomics.wait = () => 'timed-out';

// Each file is imported anew and finds data and a port, so it believes that it is in a thread.
export async function start(file: URL, data: unknown): Promise<Ending> {
  const answers: unknown[] = [];
  const parentPort = { postMessage: (answer: unknown) => answers.push(structuredClone(answer)) };
  Object.assign(workerThreads, { isMainThread: false, workerData: structuredClone(data), parentPort });
  syncBuiltinESMExports();
  const exit = process.exit;
  process.exit = (code) => {
    throw new Error(`exit code ${code}`);
  };
  try {
    await import(`${file.href}?${(number += 1)}`);
    return answers.length > 0 ? { answer: answers[0] } : { error: new Error('no answer') };
  } catch (error) {
    return { error };
  } finally {
    process.exit = exit;
  }
}

export async function join(thread: Promise<Ending>): Promise<unknown> {
  const ending = await thread;
  if ('error' in ending) throw ending.error;
  return ending.answer;
}

export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const { file, data } of jobs) answers.push(await join(start(file, data)));
  return answers;
}
