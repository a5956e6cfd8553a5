// Traces a program that a lesson quotes for somebody who reads it, and prepares what they step through. It knows nothing of
// how that is shown.
import { join } from 'node:path';
import { CourseError } from '../course/course-error.ts';
import { escapeLine } from '../terminal/escape.ts';
import type { Style } from '../terminal/style.ts';
import { loadSources } from '../tracer/load-sources.ts';
import { traceProgram } from '../tracer/trace-program.ts';
import { counted } from '../tracer/trace-words.ts';
import type { TracedRun, TraceEnding } from '../tracer/trace.ts';
import type { TraceOutcome } from './reader-outcomes.ts';

export interface ProgramToTrace {
  /** the course's folder */
  readonly root: string;
  /** from the course's folder down */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  /** ends the program; what was seen until then is kept */
  readonly signal: AbortSignal;
  /** says in one line how far it is */
  readonly tell: (text: string) => void;
  readonly style: Style;
  /** where the learner's shell is */
  readonly cwd: string;
  readonly isTyped: boolean;
}

/** What stands there while it runs. */
export function tracingWords(file: string): string {
  return `Running ${escapeLine(file)}, and watching its event loop`;
}

const limitMs = 20_000;
/** On the page below the program; the trace has all of it. */
const mostLines = 200;
const mostCharacters = 16 * 1_024;

export async function traceForReader(program: ProgramToTrace): Promise<TraceOutcome> {
  const { root, file, env, signal, tell, style, cwd, isTyped } = program;
  const onProgress = (events: number): void => {
    if (!signal.aborted) tell(`${tracingWords(file)}: ${counted(events, 'callback')} so far`);
  };
  // What it prints is escaped before it is shown; colours would only be noise.
  const plain = { ...env, NO_COLOR: '1', FORCE_COLOR: undefined };
  try {
    const run = await traceProgram({ file: join(root, file), cwd: root, env: plain, signal, limitMs, onProgress });
    const printed = { output: printedOf(run), ending: endingOf(run.ending) };
    if (run.trace.steps.length === 0) return { run: printed };
    const sources = await loadSources(run.trace, style);
    return { run: printed, stepper: { run, sources, cwd, style, isTyped, exit: 'back to the lesson' } };
  } catch (error) {
    if (!(error instanceof CourseError)) throw error;
    return { problem: { message: error.message, next: error.next } };
  }
}

function printedOf({ stdout, stderr }: TracedRun): string {
  const lines = `${stdout}${stderr}`.slice(0, mostCharacters).split('\n');
  return lines.slice(0, mostLines).join('\n');
}

/** As the reader's other runs end: nothing is said of a good end. */
function endingOf(ending: TraceEnding): string {
  switch (ending.kind) {
    case 'exit':
      return ending.code === 0 ? '' : `It ended with exit code ${ending.code}.`;
    case 'signal':
      return `It ended with ${ending.signal}.`;
    case 'stopped':
      return stopped[ending.why];
  }
}

const stopped: Readonly<Record<Extract<TraceEnding, { kind: 'stopped' }>['why'], string>> = {
  limit: `It was ended: it ran for more than ${limitMs / 1_000} s.`,
  output: 'It was ended: it printed more than a trace can hold.',
  abort: 'You ended it.',
};
