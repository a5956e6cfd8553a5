// The words for every way in which a learner's program can end early: pure, from data to a failure. What the
// program says about itself (messages, names) is in them as it came; whoever shows them escapes.
import { nearestNames } from '../course/nearest-names.ts';
import type { Ending, Place, Standing, ThreadStanding } from '../subject/endings.ts';
import type { ErrorReport } from '../subject/frames.ts';
import type { Failure } from './failure.ts';
import type { VerdictKind } from './verdict.ts';

/** How messages name a file of the stage: `workspace/11-threads/1-start-and-join/lab.ts`. */
export type ShownAs = (file: string) => string;

export function verdictOfEnding(ending: Ending): VerdictKind {
  switch (ending.kind) {
    case 'time':
    case 'memory':
    case 'output':
    case 'worker-output':
      return 'timed-out';
    case 'import-error':
    case 'syntax-error':
    case 'refused-import':
    case 'missing-export':
    case 'empty-file':
    case 'unusable':
      return 'not-runnable';
    default:
      return 'crashed';
  }
}

export function endingWords(ending: Ending, shownAs: ShownAs): Failure {
  const where = (place: Place | undefined): string => (place ? placeText(place, shownAs) : '');
  switch (ending.kind) {
    case 'time':
      return timeWords(ending.limitMs, ending.loading, ending.standing, shownAs);
    case 'memory':
      return memoryWords(ending, shownAs);
    case 'output':
      return {
        happened: `The program printed without end: ${ending.seenKiB} KiB so far, beginning with "${oneLine(ending.beginning, 60)}".`,
        look: ending.at ? `${where(ending.at)}, where it was printing.` : 'the loop that prints.',
      };
    case 'worker-output':
      return {
        happened:
          'A worker printed without end. What a worker prints goes out when its event loop turns; here it never did, and all of it was kept in memory.',
        look: ending.at ? `${where(ending.at)}, where it was printing.` : 'the loop that prints.',
      };
    case 'wire':
      return {
        happened: `The program wrote to the judge's own pipe (${ending.reason}) and was stopped.`,
        look: 'any code that writes to file descriptor 4, or calls back many thousands of times.',
      };
    case 'exit':
      return {
        expected: 'an answer',
        happened: `The program ended itself with code ${ending.code} before it had answered.`,
        look: ending.at
          ? `${where(ending.at)}: process.exit ends every test along with the program.`
          : 'calls of process.exit.',
      };
    case 'signal':
      return signalWords(ending.signal, ending.stderr);
    case 'uncaught':
      return {
        happened: `${ending.rejection ? 'A promise was rejected and nobody handled it' : 'An error was thrown where nobody could catch it'}: ${errorText(ending.error)}`,
        look: `${ending.at ? `${where(ending.at)}. ` : ''}${ending.rejection ? 'Await that promise, or give it a catch.' : 'A throw inside a callback or a worker reaches no caller: listen to "error", or reject a promise.'}`,
      };
    case 'import-error':
      return {
        happened: `The file could not be imported: ${errorText(ending.error)}`,
        look: ending.at ? `${where(ending.at)}.` : 'the imports, and what the file does outside of its functions.',
      };
    case 'syntax-error':
      return {
        happened: `This is not valid TypeScript: ${cut(ending.error.message)}${ending.excerpt ? `\n\n${indented(ending.excerpt)}\n` : ''}`,
        look: ending.at ? `${shownAs(ending.at.file)}:${ending.at.line}` : 'the file that you saved last.',
      };
    case 'refused-import':
      return { happened: `${cut(ending.error.message)}.`, look: ending.at ? where(ending.at) : 'the imports.' };
    case 'missing-export':
      return missingWords(ending);
    case 'empty-file':
      return {
        happened: `${shownAs(ending.file)} is empty: there is no code in it.`,
        look: `"npx interleave reset ${ending.lab}" (or r in the tutor): it brings the starter back.`,
      };
    case 'unusable':
      return {
        happened: `${ending.reason}.`,
        look: 'the folder of your working copy. "npx interleave reset LAB" puts the starter back and keeps a backup.',
      };
    case 'no-start':
      return {
        happened: `The program could not be started: ${ending.reason}.`,
        look: '"npx interleave doctor" says what this machine lacks.',
      };
    case 'cancelled':
      return { happened: 'The run was cancelled.' };
  }
}

/** How many names of exports anybody wants to read. */
const mostNames = 10;

function missingWords({ name, found, exports }: Extract<Ending, { kind: 'missing-export' }>): Failure {
  const expected = `an exported function "${name}"`;
  if (found !== 'undefined')
    return { expected, happened: `The export "${name}" is a ${found}.`, look: `what "${name}" is declared as.` };
  const names = exports.slice(0, mostNames).map((other) => oneLine(other, 40));
  const others = names.length === 0 ? 'exports nothing' : `exports ${names.join(', ')}`;
  const near = nearestNames(name, names, 1)[0];
  return {
    expected,
    happened: `There is no export with that name. The file ${others}${exports.length > mostNames ? ', ...' : ''}.`,
    look: near ? `"${near}": was it to be "${name}"?` : `the word "export" before ${name}, and its spelling.`,
  };
}

function timeWords(limitMs: number, loading: boolean, { main, workers, pending }: Standing, shownAs: ShownAs): Failure {
  const expected = `${loading ? 'the file to be imported' : 'an answer'} within ${seconds(limitMs)}`;
  const at = main.at ? placeText(main.at, shownAs) : '';
  const blocked = workers.find((worker) => worker.doing === 'waiting');
  const spinning = workers.find(isBusy);
  switch (main.doing) {
    case 'looping':
    case 'printing':
      return {
        expected,
        happened: `The main thread was still running, at ${at || 'a place that could not be found'}.`,
        look: 'what should end that loop, and whether it can ever become true.',
      };
    case 'microtasks':
      return {
        expected,
        happened: `Microtasks begat microtasks without end${at && `, at ${at}`}: nothing else, no timer and no input, ever got its turn.`,
        look: 'an await or a then in a loop that waits for something only the event loop could bring.',
      };
    case 'ticks':
      return {
        expected,
        happened: `process.nextTick callbacks queued each other without end${at && `, at ${at}`}: nothing else ever got its turn.`,
        look: 'setImmediate, which lets the event loop turn between two calls.',
      };
    case 'waiting':
      return {
        expected,
        happened: `The main thread slept in Atomics.wait${at && ` at ${at}`} and nobody woke it.${workerWords(blocked?.at, spinning?.at, shownAs)}`,
        look: 'who should call Atomics.notify, and whether it could come before the wait. While the main thread sleeps, its event loop delivers nothing.',
      };
    case 'idle':
      return {
        expected,
        happened: `${loading ? 'An await at the top level' : 'The promise'} was still pending, and ${idleWords(pending, workers.length > 0)}.${workerWords(blocked?.at, spinning?.at, shownAs)}`,
        look: 'the path on which neither resolve nor reject is called.',
      };
    case 'unknown':
      return {
        expected,
        happened: 'The program was still busy, and did not say with what.',
        look: 'loops and calls that may not come to an end.',
      };
  }
}

function isBusy({ doing }: ThreadStanding): boolean {
  return doing === 'looping' || doing === 'printing';
}

function workerWords(blocked: Place | undefined, spinning: Place | undefined, shownAs: ShownAs): string {
  if (blocked) return ` A worker slept in Atomics.wait at ${placeText(blocked, shownAs)}.`;
  if (spinning) return ` A worker was still running at ${placeText(spinning, shownAs)}.`;
  return '';
}

/** Node's names for what keeps a loop alive, as a learner would say it. */
const resourceNames: Readonly<Record<string, string>> = {
  Timeout: 'a timer',
  Immediate: 'an immediate',
  MessagePort: 'a message port',
  Worker: 'a worker',
  ProcessWrap: 'a child process',
  TCPSocketWrap: 'a connection',
  TCPServerWrap: 'a server',
  FSReqCallback: 'a file operation',
  FSReqPromise: 'a file operation',
};

function idleWords(pending: readonly string[], hasWorkers: boolean): string {
  const known = new Set([...(hasWorkers ? ['a worker'] : []), ...pending.map((name) => resourceNames[name] ?? name)]);
  if (known.size === 0) return 'the program had nothing to do that could still settle it';
  return `the program had nothing to do but to wait for ${[...known].join(', ')}`;
}

function memoryWords({ limitMiB, seenMiB, standing }: Extract<Ending, { kind: 'memory' }>, shownAs: ShownAs): Failure {
  const { main, workers } = standing;
  const at = main.at ? placeText(main.at, shownAs) : '';
  const expected = `at most ${limitMiB} MiB of memory`;
  const held = `The program held ${seenMiB} MiB when it was stopped${at && `, at ${at}`}.${workerWords(undefined, workers.find(isBusy)?.at, shownAs)}`;
  if (main.doing === 'microtasks') {
    return {
      expected,
      happened: `${held} Microtasks begat microtasks without end, and each promise that waits for the next one is kept.`,
      look: 'an await or a then that waits for another call of the same function.',
    };
  }
  return {
    expected,
    happened: held,
    look: 'what is kept alive: an array that only grows, buffers that nobody lets go.',
  };
}

function signalWords(signal: string, stderr: string): Failure {
  if (stderr.includes('heap out of memory')) {
    return {
      happened: 'The program ran out of heap memory and V8 ended it.',
      look: 'an array or a map that only grows.',
    };
  }
  if (signal === 'SIGABRT')
    return {
      happened: 'The program aborted (SIGABRT): process.abort, or a failure inside of Node.',
      look: 'calls of process.abort and native code.',
    };
  return {
    happened: `The program was killed by ${signal}.`,
    look: 'calls of process.kill, and child processes that signal their parent.',
  };
}

export function placeText({ file, line, within }: Place, shownAs: ShownAs): string {
  return `${shownAs(file)}:${line}${within ? ` (in ${oneLine(within, 60)})` : ''}`;
}

export function errorText({ name, message }: Pick<ErrorReport, 'name' | 'message'>): string {
  const text = cut(message);
  return name === 'thrown' ? text : `${oneLine(name, 60)}: ${text}`;
}

/** What an error says is the program's own text, of any length. */
export function cut(message: string): string {
  return message.split('\n', 5).join('\n').slice(0, 500).trimEnd();
}

function seconds(ms: number): string {
  return ms % 1_000 === 0 ? `${ms / 1_000} s` : `${ms} ms`;
}

function oneLine(text: string, columns: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > columns ? `${line.slice(0, columns - 3)}...` : line;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
