// One long-lived python3 beside a demo: lines of JSON out, lines of JSON back. Whatever goes wrong with it is a value or
// a PythonLost, never the end of the demo.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type PythonFacts, type PythonMissing, howToGetPython, readFacts } from './python.ts';

export interface PythonCall {
  /** absolute; one of those that the process was started with */
  readonly script: string;
  /** the function's name */
  readonly call: string;
  /** plain data */
  readonly args: readonly unknown[];
}

export interface PythonProcess {
  readonly facts: PythonFacts;
  /** @throws PythonLost */
  call(question: PythonCall): Promise<unknown>;
  close(): void;
}

/** Python was there and is of no use any more; the message is a sentence. */
export class PythonLost extends Error {
  override readonly name = 'PythonLost';
}

const entry = fileURLToPath(new URL('./python_calls.py', import.meta.url));
const startMs = 15_000;
const callMs = 20_000;
/** Left to itself for so long at its end. */
const graceMs = 1_000;
/** The part of what it complains about that a message can hold. */
const mostComplaint = 200;

/**
 * Starts python3 and imports the scripts.
 * @param env PATH says which python3
 * @param limits milliseconds; left out: 15 s for the start, 20 s for a call
 */
export async function startPython(
  scripts: readonly string[],
  env: NodeJS.ProcessEnv,
  limits: { readonly startMs?: number; readonly callMs?: number } = {},
): Promise<PythonProcess | PythonMissing> {
  // -B: no __pycache__ among the lessons.
  const child = spawn('python3', ['-B', entry, ...scripts], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-4_096)));
  // It may be gone when we write; its end says so.
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout });
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error: NodeJS.ErrnoException) => resolve(startWords(error)));
    child.on('close', (code, signal) => resolve(`python3 ended (${endWords(code, signal, complaint)}).`));
  });
  const nextLine = (ms: number): Promise<{ line: string } | { lost: string }> =>
    new Promise((resolve) => {
      const onLine = (line: string) => settle({ line });
      const timer = setTimeout(() => settle({ lost: `python3 did not answer for ${ms / 1_000} s.` }), ms);
      const settle = (answer: { line: string } | { lost: string }) => {
        clearTimeout(timer);
        lines.off('line', onLine);
        resolve(answer);
      };
      lines.once('line', onLine);
      void ended.then((lost) => settle({ lost }));
    });
  const close = () => {
    // At the end of its input it ends its process pools, too, which would outlive a kill.
    child.stdin.end();
    setTimeout(() => child.kill('SIGKILL'), graceMs).unref();
    child.unref();
    lines.close();
    // Something that it has started may hold on to them.
    child.stdout.destroy();
    child.stderr.destroy();
  };

  const first = await nextLine(limits.startMs ?? startMs);
  const facts = 'line' in first ? readFacts(first.line) : { missing: first.lost, next: howToGetPython() };
  if ('missing' in facts) {
    close();
    // What has not even begun has no pools, and may hang for ever.
    child.kill('SIGKILL');
    return facts;
  }
  return {
    facts,
    async call(question) {
      const answer = nextLine(limits.callMs ?? callMs);
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const got = await answer;
      if ('lost' in got) throw new PythonLost(got.lost);
      return resultOf(got.line);
    },
    close,
  };
}

/** What python3 is here. @returns why there is none that serves */
export async function findPython(env: NodeJS.ProcessEnv, limitMs?: number): Promise<PythonFacts | PythonMissing> {
  const python = await startPython([], env, limitMs === undefined ? {} : { startMs: limitMs });
  if ('missing' in python) return python;
  python.close();
  return python.facts;
}

function resultOf(line: string): unknown {
  let answer: unknown;
  try {
    answer = JSON.parse(line);
  } catch {
    // Falls through to what is no answer.
  }
  if (typeof answer === 'object' && answer !== null) {
    if ('result' in answer) return answer.result;
    if ('error' in answer) throw new PythonLost(`${String(answer.error)}.`);
  }
  throw new PythonLost(`python3 answered with what is no answer: "${line.slice(0, 60)}".`);
}

function startWords({ code, message }: NodeJS.ErrnoException): string {
  return code === 'ENOENT' ? 'There is no python3 on the PATH.' : `python3 cannot be started (${code ?? message}).`;
}

/** The last line that it printed says most: of a traceback it is the exception. */
function endWords(code: number | null, signal: string | null, complaint: string): string {
  const how = signal ?? `exit code ${code}`;
  const last = complaint.trim().split('\n').at(-1)?.trim().slice(0, mostComplaint) ?? '';
  return last === '' ? how : `${how}: ${last}`;
}
