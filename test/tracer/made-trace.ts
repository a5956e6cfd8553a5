// Traces that are made by hand, for tests of what is drawn of them: callbacks, what they schedule and print, on a clock
// that goes when it is told to.
import type { Kind, Step, Task, Trace, TraceEnding, TracedRun, TraceEvent } from '../../runner/tracer/trace.ts';

export const file = '/course/lab.ts';

interface About {
  /** of the program; counted from 1 */
  readonly line?: number;
  readonly dueMs?: number;
  readonly everyMs?: number;
  /** of a promise that is pending */
  readonly isReady?: boolean;
  readonly label?: string;
}

type Changing<T> = { -readonly [key in keyof T]: T[key] };

export class MadeTrace {
  nowMs = 0;
  readonly #events: Changing<TraceEvent>[] = [];
  readonly #tasks: Task[] = [];
  readonly #steps: Step[] = [];
  readonly #open: number[] = [];
  readonly unseen: string[] = [];

  /** Time goes on. */
  wait(ms: number): this {
    this.nowMs = Number((this.nowMs + ms).toFixed(3));
    return this;
  }

  script(body: () => void): this {
    return this.#event({ kind: 'script', label: 'lab.ts', line: 1, task: null }, body);
  }

  /** Hands something to the runtime. */
  put(kind: Kind, label: string, { line, dueMs, everyMs, isReady = true }: About = {}): number {
    const id = this.#tasks.length;
    this.#tasks.push({
      id,
      kind,
      label,
      parent: this.#open.at(-1) ?? null,
      scheduled: line === undefined ? null : { file, line },
      ...(dueMs === undefined ? {} : { dueMs }),
      ...(everyMs === undefined ? {} : { everyMs }),
    });
    this.#steps.push({ kind: 'schedule', atMs: this.nowMs, task: id, isReady });
    return id;
  }

  ready(task: number): this {
    this.#steps.push({ kind: 'ready', atMs: this.nowMs, task });
    return this;
  }

  drop(task: number): this {
    this.#steps.push({ kind: 'drop', atMs: this.nowMs, task });
    return this;
  }

  print(text: string, line?: number): this {
    const event = this.#events[this.#open.at(-1) ?? -1];
    if (event) event.output += text;
    this.#steps.push({ kind: 'print', atMs: this.nowMs, text, place: line === undefined ? null : { file, line } });
    return this;
  }

  /** The runtime calls what was handed to it; that takes 0.1 ms and what the body waits. */
  run(task: number, body: () => void = () => {}, { line, label }: About = {}): this {
    const { kind, label: own } = this.#tasks[task] as Task;
    return this.#event({ kind, label: label ?? own, line: line ?? null, task }, body);
  }

  #event(
    { kind, label, line, task }: { kind: Kind; label: string; line: number | null; task: number | null },
    body: () => void,
  ): this {
    const id = this.#events.length;
    const scheduled = task === null ? undefined : this.#tasks[task];
    const event: Changing<TraceEvent> = {
      id,
      parent: scheduled?.parent ?? null,
      kind,
      label,
      file: line === null ? null : file,
      line,
      scheduledFile: scheduled?.scheduled?.file ?? null,
      scheduledLine: scheduled?.scheduled?.line ?? null,
      startMs: this.nowMs,
      endMs: this.nowMs,
      output: '',
    };
    this.#events.push(event);
    this.#open.push(id);
    this.#steps.push({ kind: 'begin', atMs: this.nowMs, event: id, task });
    body();
    this.wait(0.1);
    event.endMs = this.nowMs;
    this.#open.pop();
    this.#steps.push({ kind: 'end', atMs: this.nowMs, event: id });
    return this;
  }

  get trace(): Trace {
    return { file, events: this.#events, tasks: this.#tasks, steps: this.#steps, unseen: this.unseen };
  }

  ended(ending: TraceEnding = { kind: 'exit', code: 0 }, stderr = ''): TracedRun {
    return { trace: this.trace, ending, stdout: this.#events.map(({ output }) => output).join(''), stderr };
  }
}

/** A script that puts one of each into its queue; then all of them run. */
export function oneOfEach(): MadeTrace {
  const made = new MadeTrace();
  let [timer, immediate, tick, then, load, answer] = [0, 0, 0, 0, 0, 0];
  made.script(() => {
    made.wait(0.5);
    timer = made.put('timer', 'setTimeout 10 ms: tick', { line: 3, dueMs: 10.5 });
    immediate = made.put('immediate', 'setImmediate: check', { line: 4 });
    answer = made.put('io', 'readFile: answer', { line: 5 });
    made.wait(0.2);
    tick = made.put('nextTick', 'nextTick: first', { line: 6 });
    then = made.put('microtask', 'then: second', { line: 7 });
    load = made.put('microtask', 'await in load', { line: 12, isReady: false });
    made.print('script\n', 8);
  });
  made.run(tick, () => made.print('first\n', 6), { line: 6 });
  made.run(then, () => made.wait(0.3), { line: 7 });
  made.wait(0.4);
  made.run(immediate, () => made.print('check\n', 4), { line: 4 });
  made.wait(3);
  made.run(answer, () => made.wait(0.1).ready(load), { line: 5 });
  made.run(load, () => made.print('loaded\n', 13), { line: 12 });
  made.wait(5);
  made.run(timer, () => made.print('tick\n', 3), { line: 3 });
  return made;
}
