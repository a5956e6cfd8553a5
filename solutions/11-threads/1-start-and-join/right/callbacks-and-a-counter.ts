// As it was written before promises: a counter, and a callback for the last one. Only the doors are promises.
import { Worker } from 'node:worker_threads';

interface Job {
  readonly file: URL;
  readonly data: unknown;
}

type Callback = (error: unknown, answer: unknown) => void;

interface Thread {
  end: { error: unknown; answer: unknown } | undefined;
  readonly callbacks: Callback[];
}

export function start(file: URL, data: unknown): Thread {
  const thread: Thread = { end: undefined, callbacks: [] };
  const worker = new Worker(file, { workerData: data });
  let answer: { value: unknown } | undefined;
  let error: unknown;
  worker.on('message', (value) => (answer = { value }));
  worker.on('error', (thrown) => (error = thrown));
  worker.on('exit', (code) => {
    if (!error && code) error = Error(`exit code ${code}`);
    if (!error && !answer) error = Error('no answer');
    thread.end = { error, answer: answer?.value };
    for (const callback of thread.callbacks) callback(error, answer?.value);
  });
  return thread;
}

function whenEnded(thread: Thread, callback: Callback): void {
  if (thread.end) callback(thread.end.error, thread.end.answer);
  else thread.callbacks.push(callback);
}

export function join(thread: Thread): Promise<unknown> {
  return new Promise((resolve, reject) =>
    whenEnded(thread, (error, answer) => (error ? reject(error) : resolve(answer))),
  );
}

export function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const answers = Array.from<unknown>({ length: jobs.length });
    let left = jobs.length;
    let failure: unknown;
    if (left === 0) resolve(answers);
    for (const [index, { file, data }] of jobs.entries()) {
      whenEnded(start(file, data), (error, answer) => {
        failure ??= error;
        answers[index] = answer;
        left -= 1;
        if (left === 0) {
          if (failure) reject(failure);
          else resolve(answers);
        }
      });
    }
  });
}
