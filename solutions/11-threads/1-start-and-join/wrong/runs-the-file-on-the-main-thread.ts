// caught by "a thread gets its data, and join brings back its answer": this file is for a thread of its own
type Job = { file: URL; data: unknown };

export function start(file: URL): Promise<unknown> {
  return import(file.href);
}

export function join(thread: Promise<unknown>): Promise<unknown> {
  return thread;
}

export function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  return Promise.all(jobs.map(({ file }) => join(start(file))));
}
