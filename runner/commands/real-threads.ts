// What `explore` does besides searching: the schedule that was found on real threads, and how often real threads come to
// grief by themselves.
import { CourseError } from '../course/course-error.ts';
import type { ExploredFile } from '../explorer/explore-file.ts';
import { byLuck, hitsOf } from '../explorer/real-threads/by-luck.ts';
import { luckLines } from '../explorer/real-threads/luck-lines.ts';
import { problemWords } from '../explorer/real-threads/problem-words.ts';
import { replayLines, replayProblem } from '../explorer/real-threads/replay-lines.ts';
import { replayExitCode, replayOnThreads } from '../explorer/real-threads/replay-on-threads.ts';
import type { Token } from '../explorer/engine/schedule.ts';
import type { Io } from '../terminal/io.ts';
import { styleFor } from '../terminal/style.ts';
import { underCtrlC } from './under-ctrl-c.ts';

/** A part of the report: lines for a person, fields for a script. */
export interface Part {
  readonly lines: readonly string[];
  readonly json: Readonly<Record<string, unknown>>;
}

/**
 * Leads real threads through a schedule, and compares with what the search says of it.
 * @throws CourseError when they cannot be led
 */
export async function onRealThreads(
  file: string,
  token: Token,
  { exploration }: ExploredFile,
  io: Io,
): Promise<Part & { readonly exitCode: number }> {
  const expected = exploration.kind === 'failed' ? exploration.failure : undefined;
  const replay = await underCtrlC(io, (signal, show) =>
    replayOnThreads(file, token, {
      expected,
      signal,
      onProgress: (steps) => show(`on real threads: ${steps} steps · Ctrl-C ends it`),
    }),
  );
  if (replay.kind !== 'replayed') throw asError(replayProblem(replay, file, io));
  const { difference, conducted } = replay;
  return {
    lines: replayLines(replay, expected !== undefined, view(io)),
    json: {
      onThreads: { same: conducted.failure !== undefined && difference === undefined, difference: difference ?? null },
    },
    exitCode: replayExitCode(replay),
  };
}

/** Lets real threads run free for some seconds. */
export async function luckOf(file: string, seconds: number, { exploration }: ExploredFile, io: Io): Promise<Part> {
  const luck = await underCtrlC(io, (signal, show) =>
    byLuck(file, {
      seconds,
      signal,
      onProgress: (rounds, hits) =>
        show(`real threads, running free: ${hits} of ${rounds.toLocaleString('en')} · Ctrl-C ends it`),
    }),
  );
  if (luck.kind !== 'tried') throw asError(problemWords(luck, file, io));
  const found =
    exploration.kind === 'failed' ? { kind: exploration.failure.kind, states: exploration.effort.states } : undefined;
  return {
    lines: luckLines(luck, found, view(io)),
    json: { luck: { rounds: luck.rounds, hits: hitsOf(luck), kinds: luck.hits, ms: luck.ms } },
  };
}

function view(io: Io): { columns: number; style: ReturnType<typeof styleFor>; cwd: string } {
  return { columns: io.columns, style: styleFor(io.stdout, io.env), cwd: io.cwd };
}

function asError({ message, next }: { readonly message: string; readonly next: string }): CourseError {
  return new CourseError(message, next);
}
