// From an answer to a verdict: the program is run for real, and what it prints counts. The model is asked only for the
// reason, and the tracer for what happened at the place that was wrong. It knows nothing of how a verdict is shown.
import { dirname } from 'node:path';
import { CourseError } from '../course/course-error.ts';
import type { TraceEvent } from '../tracer/trace.ts';
import { firstDifference } from './answer.ts';
import type { Drill } from './drill.ts';
import { runReally, withProgramFile } from './real-run.ts';
import { reasonOf } from './reason.ts';

export interface Mistake {
  /** the index of the first line that differs */
  readonly place: number;
  /** what was printed there, and what the answer has there */
  readonly came: string;
  readonly expected: string;
  /** sentences; none when the model does not agree with Node */
  readonly reason: readonly string[];
  /** the callbacks of a traced run from the one that printed the line that came to the one that was expected */
  readonly events: readonly TraceEvent[];
}

export interface DrillVerdict {
  readonly answer: readonly string[];
  readonly printed: readonly string[];
  /** undefined: all of it is right */
  readonly mistake: Mistake | undefined;
}

export interface Machine {
  readonly env: NodeJS.ProcessEnv;
  /** ends what runs */
  readonly signal?: AbortSignal;
}

/** For a traced run; a plain one takes some 50 ms. */
const traceLimitMs = 20_000;

/**
 * @param answer the lines of the drill in some order
 * @throws CourseError when the program cannot be run as it should
 */
export async function judgeAnswer(drill: Drill, answer: readonly string[], machine: Machine): Promise<DrillVerdict> {
  const { fileName, source } = drill;
  return await withProgramFile({ fileName, text: source.text }, async (file) => {
    const { lines: printed, problem } = await runReally(file, machine);
    const isWhole = [...printed].sort().join('\n') === [...drill.lines].sort().join('\n');
    if (problem !== '' || !isWhole)
      throw new CourseError(
        `Drill ${drill.seed} of level ${drill.level} did not run as it should. ${problem}`.trim(),
        `Skip it, and please report it with "npx interleave drill order --seed ${drill.seed} --level ${drill.level} --json".`,
        3,
      );
    const place = firstDifference(answer, printed);
    const [came, expected] = place === undefined ? [] : [printed[place], answer[place]];
    if (place === undefined || came === undefined || expected === undefined)
      return { answer, printed, mistake: undefined };
    const agrees = firstDifference(drill.lines, printed) === undefined;
    const reason = agrees ? reasonOf(drill, came, expected) : [];
    const events = await eventsBetween(file, printed, came, expected, machine);
    return { answer, printed, mistake: { place, came, expected, reason, events } };
  });
}

/** Nothing when the trace does not show what was printed: it must never say anything else than the run. */
async function eventsBetween(
  file: string,
  printed: readonly string[],
  came: string,
  expected: string,
  { env, signal }: Machine,
): Promise<readonly TraceEvent[]> {
  const { traceProgram } = await import('../tracer/trace-program.ts');
  const { trace } = await traceProgram({
    file,
    cwd: dirname(file),
    env: { ...env, NODE_OPTIONS: undefined },
    limitMs: traceLimitMs,
    ...(signal ? { signal } : {}),
  });
  const { events } = trace;
  if (events.map(({ output }) => output).join('') !== printed.map((line) => `${line}\n`).join('')) return [];
  const printing = (line: string): number => events.findIndex(({ output }) => output.split('\n').includes(line));
  return events.slice(printing(came), printing(expected) + 1);
}
