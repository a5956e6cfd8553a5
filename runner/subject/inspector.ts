// Asks a subject through Node's inspector, even while it loops or sleeps: SIGUSR1 opens the inspector, and an
// evaluation interrupts JavaScript and Atomics.wait alike. Everything that comes back may be forged by the learner's
// code. It knows nothing of what the answers mean.
import type { Readable } from 'node:stream';
import type { Place } from './endings.ts';
import { InspectorSocket } from './inspector-socket.ts';
import { urlPlace } from './places.ts';

/** How long the main thread gets to run a probe that each of its queues holds. */
const probeMs = 15;

/** How long a profile is taken, with two samples in each millisecond. */
const profileMs = 20;
/** After so many without a line of the stage its functions are looked for. */
const enoughProfiles = 5;

/** Where the thread is: evaluated between two of its statements. */
export const stackExpression = `(() => {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 50;
  const stack = String(new Error('here').stack);
  Error.stackTraceLimit = limit;
  return stack;
})()`;

const probeExpression = `(() => {
  const ran = { microtasks: false, ticks: false, loop: false };
  Promise.resolve().then(() => { ran.microtasks = true; });
  process.nextTick(() => { ran.ticks = true; });
  setImmediate(() => { ran.loop = true; });
  return ran;
})()`;

/** As much of the Chrome DevTools Protocol (https://chromedevtools.github.io/devtools-protocol/v8/) as this needs. */
export class Inspector {
  readonly #deadline: AbortSignal;
  readonly #answers = new Map<number, (result: Record<string, unknown>) => void>();
  readonly #workerAnswers = new Map<string, string>();
  #socket: InspectorSocket | undefined;
  #lastId = 0;

  /**
   * @param stderr where Node prints the inspector's address
   * @returns undefined when it does not open before the deadline
   */
  static async open(pid: number, stderr: Readable, deadline: AbortSignal): Promise<Inspector | undefined> {
    const url = await inspectorUrl(pid, stderr, deadline);
    if (url === undefined || !URL.canParse(url)) return undefined;
    const inspector = new Inspector(deadline);
    inspector.#socket = await InspectorSocket.connect(new URL(url), deadline, (text) => inspector.#onMessage(text));
    return inspector.#socket && inspector;
  }

  private constructor(deadline: AbortSignal) {
    this.#deadline = deadline;
  }

  close(): void {
    this.#socket?.close();
  }

  async evaluate(expression: string): Promise<string> {
    const { result } = await this.#call('Runtime.evaluate', { expression, returnByValue: true });
    return text(record(result).value);
  }

  /**
   * Which of its queues the main thread still serves.
   * @param looks how often that is looked at before the answer is "none"
   */
  async probe(looks: number): Promise<QueuesServed> {
    const { result } = await this.#call('Runtime.evaluate', { expression: probeExpression });
    for (let look = 1; ; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, probeMs));
      const answer = await this.#call('Runtime.callFunctionOn', {
        objectId: record(result).objectId,
        functionDeclaration: 'function () { return this; }',
        returnByValue: true,
      });
      const ran = record(record(answer.result).value);
      const [microtasks, ticks, loop] = [ran.microtasks === true, ran.ticks === true, ran.loop === true];
      if (microtasks || ticks || loop || look >= looks) return { microtasks, ticks, loop };
    }
  }

  /** Where on the stage the main thread spends its time, by samples: what runs between two of them is not seen otherwise. */
  async busiestPlace(stage: string): Promise<Place | undefined> {
    await this.#call('Profiler.enable', {});
    await this.#call('Profiler.setSamplingInterval', { interval: 500 });
    for (let profiles = 1; ; profiles += 1) {
      await this.#call('Profiler.start', {});
      await new Promise((resolve) => setTimeout(resolve, profileMs));
      const { profile } = await this.#call('Profiler.stop', {});
      const { nodes } = record(profile);
      const sampled = Array.isArray(nodes) ? (nodes as unknown[]) : [];
      // A small function that V8 has made a part of what it calls is never on top itself. Its callees are.
      const lines = sampled.flatMap((node) => sampledLines(node, stage));
      const found = lines.length === 0 && profiles >= enoughProfiles ? sampledCallers(sampled, stage) : lines;
      // On a machine with other things to do there may have been none at all.
      const [first] = found;
      if (first) return found.reduce((most, line) => (most.ticks >= line.ticks ? most : line), first).place;
    }
  }

  /** The stack of each worker, asked all at once; one that does not answer in time has an empty one. */
  async workerStacks(): Promise<string[]> {
    await this.#call('NodeWorker.enable', { waitForDebuggerOnStart: false });
    // Attaching is announced before that is answered: by now all workers that were there are known.
    while (!this.#deadline.aborted && [...this.#workerAnswers.values()].includes('')) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return [...this.#workerAnswers.values()];
  }

  #call(method: string, params: object): Promise<Record<string, unknown>> {
    const id = ++this.#lastId;
    const answered = new Promise<Record<string, unknown>>((resolve) => this.#answers.set(id, resolve));
    this.#socket?.send(JSON.stringify({ id, method, params }));
    return untilAborted(answered, this.#deadline);
  }

  #onMessage(data: string): void {
    const message = record(parsed(data));
    const params = record(message.params);
    if (typeof message.id === 'number') return this.#answers.get(message.id)?.(record(message.result));
    if (message.method === 'NodeWorker.attachedToWorker') this.#askWorker(text(params.sessionId));
    if (message.method === 'NodeWorker.receivedMessageFromWorker') {
      const answer = record(record(parsed(text(params.message))).result);
      const session = text(params.sessionId);
      if (this.#workerAnswers.has(session)) this.#workerAnswers.set(session, text(record(answer.result).value));
    }
  }

  #askWorker(sessionId: string): void {
    this.#workerAnswers.set(sessionId, '');
    const message = JSON.stringify({
      id: 1,
      method: 'Runtime.evaluate',
      params: { expression: stackExpression, returnByValue: true },
    });
    void this.#call('NodeWorker.sendMessageToWorker', { sessionId, message }).catch(() => {});
  }
}

export interface QueuesServed {
  readonly microtasks: boolean;
  readonly ticks: boolean;
  /** the event loop turns */
  readonly loop: boolean;
}

interface SampledLine {
  readonly place: Place;
  readonly ticks: number;
}

/** The lines of one function, when it is on the stage, and how often each was met. */
function sampledLines(node: unknown, stage: string): SampledLine[] {
  const { callFrame, positionTicks } = record(node);
  const { url, functionName } = record(callFrame);
  return (Array.isArray(positionTicks) ? positionTicks : []).flatMap((tick) => {
    const { line, ticks } = record(tick);
    const place = urlPlace(text(url), Number(line), 1, text(functionName), stage);
    return place ? [{ place, ticks: Number(ticks) }] : [];
  });
}

/** The functions on the stage that have called what was met, with the line on which they begin. */
function sampledCallers(nodes: readonly unknown[], stage: string): SampledLine[] {
  const parents = new Map<unknown, Record<string, unknown>>();
  for (const node of nodes) {
    const { children } = record(node);
    for (const child of Array.isArray(children) ? (children as unknown[]) : []) parents.set(child, record(node));
  }
  return nodes.flatMap((node) => {
    const ticks = Number(record(node).hitCount);
    if (!(ticks > 0)) return [];
    // What comes may go round in circles.
    let caller = parents.get(record(node).id);
    for (let depth = 0; caller && depth < nodes.length; depth += 1) {
      const { url, functionName, lineNumber } = record(caller.callFrame);
      const place = urlPlace(text(url), Number(lineNumber) + 1, 1, text(functionName), stage);
      if (place) return [{ place, ticks }];
      caller = parents.get(caller.id);
    }
    return [];
  });
}

/** The address that Node prints when SIGUSR1 opens its inspector; the subject could print one of its own. */
function inspectorUrl(pid: number, stderr: Readable, deadline: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    let seen = '';
    const onData = (chunk: Buffer): void => {
      const text = seen + chunk.toString('latin1');
      const url = /Debugger listening on (ws:\/\/127\.0\.0\.1:\d{1,5}\/[0-9a-f-]{36})/.exec(text)?.[1];
      if (url) finish(url);
      // The line may come in two pieces.
      seen = text.slice(-200);
    };
    const finish = (url: string | undefined): void => {
      stderr.off('data', onData);
      resolve(url);
    };
    stderr.on('data', onData);
    deadline.addEventListener('abort', () => finish(undefined), { once: true });
    try {
      process.kill(pid, 'SIGUSR1');
    } catch {
      finish(undefined);
    }
  });
}

// What comes may be of any shape: these give what was to be expected, or something harmless.
function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
