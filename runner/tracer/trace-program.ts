// Runs a program as `node FILE` would and collects what is seen of it. It knows nothing of how that is seen inside of the
// program, nor of how it is shown.
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cacheFolder, cacheVariable, mostRecords, parseRecord, recordFd, recordVariable } from '../recorder/record.ts';
import { signalGroup } from '../subject/process-group.ts';
import { startTraced } from '../subject/start-process.ts';
import { Assembly } from './assembly.ts';
import type { TracedRun, TraceEnding } from './trace.ts';

const preload = fileURLToPath(new URL('../recorder/recorder-main.ts', import.meta.url));

/** Output at most, standard output and standard error by themselves. */
const mostOutputBytes = 1024 * 1024;
/** A longer line is nothing that the recorder has written. */
const mostLineBytes = 2 * mostOutputBytes;
/** For the program's own handlers of SIGINT. */
const patienceMs = 2_000;
/** What a program has left behind may hold its pipes for ever. */
const lastWordsMs = 500;

export interface ProgramToTrace {
  /** absolute; it must be there */
  readonly file: string;
  readonly args?: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdin?: 'ignore' | 'inherit';
  /** ends it: first as Ctrl-C would */
  readonly signal?: AbortSignal;
  readonly limitMs: number;
  /** how many callbacks have been seen so far, some times a second */
  readonly onProgress?: (events: number) => void;
}

/** @returns what was seen, also of a program that failed, hung or was ended */
export async function traceProgram(program: ProgramToTrace): Promise<TracedRun> {
  const { file, args = [], cwd, env, stdin = 'ignore', signal, limitMs, onProgress } = program;
  // What is added here, the recorder takes away again before the program sees it.
  const traced = { [cacheVariable]: cacheFolder, ...env, [recordVariable]: file };
  const child = startTraced({ file, args, cwd, env: traced, stdin, preload, fd: recordFd });
  // It may come with the exit, before anybody could ask for it then.
  const closed = once(child, 'close').catch(() => {});
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const assembly = new Assembly(file);
  let records = 0;
  let printed = 0;
  let lastRecordMs = performance.now();
  let stopped: Extract<TraceEnding, { kind: 'stopped' }> | undefined;

  let patience: NodeJS.Timeout | undefined;
  const stop = (why: 'limit' | 'output' | 'abort'): void => {
    if (stopped) return;
    stopped = { kind: 'stopped', why };
    signalGroup(child, why === 'abort' ? 'SIGINT' : 'SIGKILL');
    patience = setTimeout(() => signalGroup(child, 'SIGKILL'), patienceMs).unref();
  };
  const stdout = collect(child.stdout, () => stop('output'));
  const stderr = collect(child.stderr, () => stop('output'));
  readLines((child.stdio as readonly unknown[])[recordFd] as Readable, (line) => {
    const record = parseRecord(line);
    if (!record || (records += 1) > 2 * mostRecords) return;
    assembly.add(record);
    // What it prints in a loop that does not end is not on its way before memory is full.
    if (record[0] === 'print' && (printed += record[2].length) > mostOutputBytes) stop('output');
    lastRecordMs = performance.now();
    if (record[0] === 'begin' && assembly.events % 500 === 0) onProgress?.(assembly.events);
  });

  const limit = setTimeout(() => stop('limit'), limitMs);
  const onAbort = (): void => stop('abort');
  const onExit = (): void => signalGroup(child, 'SIGKILL');
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  process.once('exit', onExit);
  try {
    const [code, killedBy] = await ended;
    const goneMs = performance.now();
    signalGroup(child, 'SIGKILL');
    await Promise.race([closed, sleep(lastWordsMs, undefined, { ref: false })]);
    for (const stream of child.stdio) stream?.destroy();
    const { lastMs } = assembly;
    const trace = assembly.finish(lastMs > 0 ? lastMs + Math.max(0, goneMs - lastRecordMs) : undefined);
    const ending: TraceEnding =
      stopped ?? (killedBy ? { kind: 'signal', signal: killedBy } : { kind: 'exit', code: code ?? 0 });
    const seen = trace.events.map(({ output }) => output).join('');
    const isAllSeen = seen === stdout() || trace.unseen.length > 0 || stopped;
    const unseen = isAllSeen ? trace.unseen : [unseenOutput];
    return { trace: { ...trace, unseen }, ending, stdout: stdout(), stderr: stderr() };
  } finally {
    clearTimeout(limit);
    // By then its number may be somebody else's.
    clearTimeout(patience);
    signal?.removeEventListener('abort', onAbort);
    process.removeListener('exit', onExit);
  }
}

const unseenOutput =
  'A part of what was printed: it went past process.stdout and fs, so nobody knows which callback wrote it.';

function collect(stream: Readable | null, onFull: () => void): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream?.on('error', () => {});
  stream?.on('data', (chunk: Buffer) => {
    const room = mostOutputBytes - bytes;
    if (chunk.length > room) onFull();
    if (room > 0) chunks.push(chunk.subarray(0, room));
    bytes += chunk.length;
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('error', () => {});
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > mostLineBytes) rest = '';
    for (const line of lines) onLine(line);
  });
}
