// `explore SCENARIO`: every interleaving of a small program.
import { CourseError } from '../course/course-error.ts';
import { asyncExplorationJson } from '../explorer/async/exploration-json.ts';
import type { ExploredTasks } from '../explorer/async/explore-async-file.ts';
import { readTaskToken, type TaskToken } from '../explorer/async/task-token.ts';
import type { ExploredFile } from '../explorer/explore-file.ts';
import { explorationJson, refusalJson } from '../explorer/picture/exploration-json.ts';
import { explorerProblem, type WithoutExploration } from '../explorer/explorer-problem.ts';
import { runExplorer, type ExplorerEnding } from '../explorer/explorer-process.ts';
import type { MemoryModel } from '../explorer/engine/memories.ts';
import { readToken, type Token } from '../explorer/engine/schedule.ts';
import { escapeText } from '../terminal/escape.ts';
import type { Io } from '../terminal/io.ts';
import { printJson, printLines, shownPath } from '../terminal/print.ts';
import { styleFor } from '../terminal/style.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';
import { existingFile } from './existing-file.ts';
import type { Part } from './real-threads.ts';
import { noteStarter } from './starter-note.ts';
import { underCtrlC } from './under-ctrl-c.ts';

const defaultSeconds = 60;
const spinnerAfterMs = 300;

export const command: Command = {
  name: 'explore',
  summary: 'tries every interleaving of a small program and shows the shortest that fails',
  usage: [
    'explore SCENARIO [--memory sc|tso] [--preemptions N] [--states N] [--seconds S] [--replay TOKEN] [--threads] [--luck SECONDS] [--json]',
    '',
    'A scenario is a file that exports `threads`, `setup()`, `thread(id, shared)` and, if it likes, `invariant(shared)` and ' +
      '`final(shared)`; it may lie anywhere and import files beside it. Its threads run in every order that there is, step by ' +
      'step of shared memory. The first failure that is shown has the fewest preemptions, and of these the fewest steps.',
    '',
    'A scenario of async tasks exports `tasks`, `setup(ops)`, `task(id, shared)` and the same two: its tasks run in every order ' +
      'of their beginnings and of the effects of the operations that they call.',
    '',
    '  --memory tso      with a store buffer for each thread, as a demonstration: data races are no failures then',
    '  --preemptions N   in the first search; then all are tried (2)',
    '  --states N        looks at so many states at most',
    `  --seconds S       searches for so long at most (${defaultSeconds})`,
    '  --replay TOKEN    shows one schedule, as the token that stands below a failure has it',
    '  --threads         leads real threads (worker_threads) through the failing schedule, one operation at a time',
    '  --luck SECONDS    lets real threads run free for so long, and counts how often they come to the failure by luck',
    '  --json            {ok, verdict: passed, failed or unsupported, failure: {kind, message, preemptions, steps: [{thread, ' +
      'operation, location, value, file, line}], replay}, exhaustive, bound, states, ms}; kind is assertion, exception, invariant, ' +
      'deadlock, livelock or race',
  ].join('\n'),

  async run(args, io) {
    const { values, words } = parseCommandLine(command, args, {
      options: {
        memory: { type: 'string', default: 'sc' },
        preemptions: { type: 'string' },
        states: { type: 'string' },
        seconds: { type: 'string', default: String(defaultSeconds) },
        replay: { type: 'string' },
        threads: { type: 'boolean' },
        luck: { type: 'string' },
        json: { type: 'boolean' },
      },
      words: ['SCENARIO'],
    });
    const file = scenarioFile(words[0] ?? '', io);
    const token = values.replay === undefined ? undefined : tokenOf(values.replay);
    const ofThreads = token && 'memory' in token ? token : undefined;
    const memory = ofThreads?.memory ?? memoryModel(values.memory);
    const mostPreemptions = count('--preemptions', values.preemptions, 0);
    const mostStates = count('--states', values.states, 1);
    const options = {
      memory,
      mostMs: (count('--seconds', values.seconds, 1) ?? defaultSeconds) * 1_000,
      ...(mostPreemptions !== undefined && { mostPreemptions }),
      ...(mostStates !== undefined && { mostStates }),
    };
    const seconds = count('--luck', values.luck, 1);
    const ending = await exploreUnderCtrlC(file, options, token, io);
    if (!values.json && 'exploration' in ending) noteStarter(filesOf(ending), io);
    if (ending.kind === 'explored-tasks') return showTasks(ending, token, values, io);
    if (ending.kind === 'unusable' && values.json) printJson(io, refusalJson(ending));
    if (ending.kind !== 'explored') throw problem(ending, file, io);
    checkDigest(token, ending.scenario.digest);
    const { exploration } = ending;
    if (exploration.kind === 'unsupported') {
      if (values.json) printJson(io, explorationJson(ending));
      throw refused(exploration, io, token);
    }
    if (!values.json) {
      const { explorationLines } = await import('../explorer/picture/picture.ts');
      const style = styleFor(io.stdout, io.env);
      printLines(io, explorationLines(ending, { columns: io.columns, style, cwd: io.cwd }));
    }
    const parts = await onTheMachine(
      file,
      ending,
      values.threads ? (ofThreads ?? tokenFor(ending)) : undefined,
      seconds,
      io,
    );
    if (values.json) printJson(io, Object.assign(explorationJson(ending), ...parts.map(({ json }) => json)));
    else for (const { lines } of parts) printLines(io, ['', ...lines]);
    return parts.find(({ exitCode }) => exitCode !== undefined)?.exitCode ?? (exploration.kind === 'failed' ? 1 : 0);
  },
};

function filesOf(explored: ExploredFile | ExploredTasks): readonly string[] {
  return explored.kind === 'explored' ? explored.scenario.files : explored.files;
}

/** What real threads make of it, where that was asked for. */
async function onTheMachine(
  file: string,
  explored: ExploredFile,
  token: Token | undefined,
  seconds: number | undefined,
  io: Io,
): Promise<(Part & { readonly exitCode?: number })[]> {
  if (!token && seconds === undefined) return [];
  const { luckOf, onRealThreads } = await import('./real-threads.ts');
  return [
    ...(token ? [await onRealThreads(file, token, explored, io)] : []),
    ...(seconds === undefined ? [] : [await luckOf(file, seconds, explored, io)]),
  ];
}

/** @throws CourseError where there is no schedule that fails */
function tokenFor({ exploration, scenario }: ExploredFile): Token {
  if (exploration.kind !== 'failed')
    throw new CourseError(
      'Nothing failed, so there is no schedule to lead real threads through.',
      'Leave out --threads; --luck lets them run free.',
    );
  const { moves, repeatsFrom } = exploration.failure;
  return { memory: exploration.memory, digest: scenario.digest, moves, repeatsFrom };
}

async function showTasks(
  explored: ExploredTasks,
  token: Token | TaskToken | undefined,
  values: {
    readonly memory?: string;
    readonly json?: boolean | undefined;
    readonly threads?: boolean | undefined;
    readonly luck?: string | undefined;
  },
  io: Io,
): Promise<number> {
  if (values.threads || values.luck !== undefined)
    throw new CourseError(
      'Async tasks run in one thread: there are no real threads to run them on.',
      'Leave out --threads and --luck, or explore a scenario of threads.',
    );
  if (values.memory === 'tso')
    throw new CourseError(
      'Async tasks run in one thread: they have no store buffers.',
      'Leave --memory tso out, or explore a scenario of threads.',
    );
  checkDigest(token, explored.digest);
  const { exploration } = explored;
  if (values.json) printJson(io, asyncExplorationJson(explored));
  if (exploration.kind === 'unsupported') throw refused(exploration, io, token);
  if (!values.json) {
    const { taskLines } = await import('../explorer/async/picture.ts');
    const style = styleFor(io.stdout, io.env);
    printLines(io, taskLines(explored, { columns: io.columns, style, cwd: io.cwd }));
  }
  return exploration.kind === 'failed' ? 1 : 0;
}

function checkDigest(token: Token | TaskToken | undefined, digest: string): void {
  if (!token || token.digest === digest) return;
  throw new CourseError(
    'This token belongs to another text of the scenario: a file has changed since.',
    'Explore it again, without --replay.',
  );
}

/** @param token of the schedule that was asked for: the files are those that it was found in, so what is wrong is the token */
export function refused(
  { reason, file, line }: { reason: string; file: string; line: number },
  io: Io,
  token?: Token | TaskToken,
): CourseError {
  const where = file ? `${shownPath(file, io)}${line ? `:${line}` : ''}: ` : '';
  return new CourseError(
    `${where}${reason}.`,
    token
      ? 'Copy the token once more, the whole of it, or explore without --replay.'
      : 'Write it in another way: the explorer runs this code many times.',
  );
}

export async function exploreUnderCtrlC(
  file: string,
  options: { readonly memory: MemoryModel; readonly mostMs: number },
  token: Token | TaskToken | undefined,
  io: Io,
): Promise<ExplorerEnding> {
  return underCtrlC(io, async (signal, show) => {
    const soon = setTimeout(() => show('exploring'), spinnerAfterMs);
    try {
      return await runExplorer({
        file,
        options,
        ...(token && ('moves' in token ? { follow: token } : { followTasks: token })),
        signal,
        onProgress: (states) => {
          if (states > 0) show(`exploring: ${states.toLocaleString('en')} states · Ctrl-C ends it`);
        },
        onOutput: (text) => io.stderr.write(escapeText(text)),
      });
    } finally {
      clearTimeout(soon);
    }
  });
}

export function problem(ending: WithoutExploration, file: string, io: Io): CourseError {
  const { message, next } = explorerProblem(ending, file, io);
  return new CourseError(message, next);
}

/** @throws CourseError when there is no such file */
export function scenarioFile(typed: string, io: Io): string {
  return existingFile(typed, 'Name the file of a scenario; "npx interleave explore --help" says what one is.', io);
}

function memoryModel(typed: string): MemoryModel {
  if (typed === 'sc' || typed === 'tso') return typed;
  throw new CourseError(`--memory takes sc or tso, not "${typed}".`, 'Leave it out: sc is what JavaScript promises.');
}

function tokenOf(typed: string): Token | TaskToken {
  const token = readToken(typed) ?? readTaskToken(typed);
  if (token) return token;
  throw new CourseError(`"${typed}" is no token of a schedule.`, 'Take the one that stands below a failure.');
}

function count(option: string, typed: string | undefined, least: number): number | undefined {
  if (typed === undefined) return undefined;
  const number = Number(typed);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new CourseError(
    `${option} takes a whole number from ${least} on, not "${typed}".`,
    'Leave it out for the default.',
  );
}
