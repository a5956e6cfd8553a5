// Lends a command the learner's progress, and says once, beside its output, when progress cannot be kept.
import { type Progress, openProgress } from '../progress/progress.ts';
import { escapeText } from '../terminal/escape.ts';
import type { Io } from '../terminal/io.ts';

export async function withProgress<Result>(io: Io, use: (progress: Progress) => Result): Promise<Awaited<Result>> {
  const progress = openProgress(io.env, io.now);
  try {
    return await use(progress);
  } finally {
    if (progress.problem !== undefined) io.stderr.write(`${escapeText(progress.problem)}\n`);
    progress.close();
  }
}
