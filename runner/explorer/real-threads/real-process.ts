// The process in which real threads run, from outside: started, listened to, and in any case gone at the end with all that it
// started. It knows nothing of what is said.
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Place } from '../../subject/endings.ts';
import { startFairClock } from '../../subject/fair-clock.ts';
import { LineReader } from '../../subject/frames.ts';
import { signalGroup } from '../../subject/process-group.ts';
import { ownedEnvironment } from '../../subject/owned-environment.ts';
import { whereItStands } from '../../subject/stack-sampler.ts';
import { mostLineBytes, readReport, reportFd, type Beat } from './report.ts';

/** It ended without a result. */
export type WithoutResult =
  /** `setup`, `invariant` or `final` does not come back */
  | { readonly kind: 'silent'; readonly at: Place | undefined }
  | { readonly kind: 'crashed'; readonly how: string }
  | { readonly kind: 'cancelled' };

export interface RealProcess {
  /** what is run */
  readonly entry: URL;
  readonly args: readonly string[];
  /** the scenario, absolute */
  readonly file: string;
  readonly mostMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly onBeat?: ((beat: Beat) => void) | undefined;
}

/** Fair milliseconds without a sign of life. */
const silenceMs = 8_000;
const lookEveryMs = 250;
const samplingMs = 700;

/**
 * Resolves when the process and all that it started are gone.
 * @returns the first message that is no beat; its shape is the process's word
 */
export async function runRealProcess<Result extends { readonly kind: string }>(
  request: RealProcess,
): Promise<Result | WithoutResult> {
  const { entry, args, file, mostMs, signal, onBeat } = request;
  if (signal?.aborted) return { kind: 'cancelled' };
  const child = spawn(
    process.execPath,
    ['--inspect-port=127.0.0.1:0', '--disable-warning=ExperimentalWarning', fileURLToPath(entry), file, ...args],
    {
      detached: process.platform !== 'win32',
      env: ownedEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    },
  );
  const kill = (): void => signalGroup(child, 'SIGKILL');
  let ending: Result | WithoutResult | undefined;
  const end = (how: Result | WithoutResult): void => {
    ending ??= how;
    kill();
  };
  let clock = startFairClock(child.pid ?? 0);
  let stderr = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    stderr = (stderr + bytes.toString()).slice(-2_000);
  });
  const lines = new LineReader(mostLineBytes);
  const pipe = (child.stdio as readonly unknown[])[reportFd] as Readable;
  pipe.on('error', () => {});
  pipe.on('data', (chunk: Buffer) => {
    if (ending) return;
    const read = lines.read(chunk);
    if (read === 'too-long') return end({ kind: 'crashed', how: 'it says more than any result needs' });
    for (const line of read) {
      const message = readReport(line);
      if (!message) return end({ kind: 'crashed', how: 'it says something that is no result' });
      if (message.kind !== 'beat') return end(message as Result);
      clock = startFairClock(child.pid ?? 0);
      onBeat?.(message as Beat);
    }
  });
  const look = setInterval(() => {
    if (ending || clock.elapsedMs() < silenceMs || !child.stderr) return;
    clearInterval(look);
    void whereItStands(child.pid ?? 0, child.stderr, dirname(file), samplingMs).then(({ main }) =>
      end({ kind: 'silent', at: main.at }),
    );
  }, lookEveryMs);
  const limit = setTimeout(() => end({ kind: 'crashed', how: `it took more than ${mostMs / 1_000} s` }), mostMs);
  const cancel = (): void => end({ kind: 'cancelled' });
  process.once('exit', kill);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await new Promise((resolve) => {
      // What it leaves behind may hold its pipes open.
      child.on('exit', kill);
      child.on('error', (error) => resolve({ kind: 'crashed', how: error.message }));
      child.on('close', (code, killedBy) =>
        resolve(ending ?? { kind: 'crashed', how: lastLine(stderr) || `it ended with ${killedBy ?? `code ${code}`}` }),
      );
    });
  } finally {
    clearInterval(look);
    clearTimeout(limit);
    process.removeListener('exit', kill);
    signal?.removeEventListener('abort', cancel);
  }
}

/** Of what Node says when it ends: the error, without the stack below it. */
function lastLine(stderr: string): string {
  return /^\w*(?:Error|Exception)\b.*$/m.exec(stderr)?.[0] ?? '';
}
