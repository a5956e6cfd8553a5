// Runs a drill's program on the model of the loop and says what it printed, and in which task. It knows nothing of where
// the program comes from, and not how Node really runs it.
import { type Choose, EventLoop, type Task } from './event-loop.ts';
import type { AsyncFunction, Body, Chain, Made, Node, Print, Program, Statement, Value, Way } from './program.ts';
import { type JobKind, ModelPromise, type Outcome, Promises, type Settled } from './promises.ts';

/** What a task is run for: a part of the program, and which step of it. */
export interface Origin {
  readonly node: Node | Program;
  /** `adopt` and `pass` are steps between promises, in which no code of the program runs */
  readonly step: JobKind;
}

export interface Printed {
  readonly print: Print;
  readonly task: Task<Origin>;
}

export interface ModelRun {
  readonly printed: readonly Printed[];
  /** every task, in the order in which they began */
  readonly tasks: readonly Task<Origin>[];
  /** Node would end the program: nobody has handled a rejection */
  readonly isBroken: boolean;
}

/** @param choose as of EventLoop */
export function runModel(program: Program, choose: Choose): ModelRun {
  const run = new Interpreter(program, choose);
  run.start();
  return { printed: run.printed, tasks: run.tasks, isBroken: run.isBroken };
}

/** How a body ended, or that a value is awaited. */
type Running = Generator<{ readonly value: Settled; readonly node: Node }, Outcome | undefined, Outcome>;

class Interpreter {
  readonly printed: Printed[] = [];
  readonly tasks: Task<Origin>[] = [];
  isBroken = false;
  readonly #program: Program;
  readonly #loop: EventLoop<Origin>;
  readonly #promises: Promises;

  constructor(program: Program, choose: Choose) {
    this.#program = program;
    this.#loop = new EventLoop(choose);
    this.#promises = new Promises((node, step, work) =>
      this.#loop.microtask({ node: node as Node, step }, this.#noted(work)),
    );
  }

  start(): void {
    const origin: Origin = { node: this.#program, step: 'callback' };
    this.#loop.run(
      origin,
      this.#program.format,
      this.#noted(() => this.#startAsync(this.#program)),
    );
    this.isBroken ||= this.#promises.hasUnhandled;
  }

  #noted(work: () => void): () => void {
    return () => {
      this.tasks.push(this.#loop.current);
      work();
    };
  }

  /** Runs the body of an async function, or a module, until it first waits. */
  #startAsync(called: AsyncFunction | Program): ModelPromise {
    const promise = this.#promises.make();
    const running = this.#body(called.body);
    const goOn = (how?: Outcome): void => {
      const { done, value } = how ? running.next(how) : running.next();
      if (!done) return this.#promises.await(value.value, value.node, goOn);
      if (value?.kind === 'thrown') this.#promises.reject(promise);
      else this.#promises.resolve(promise, value?.value, called);
    };
    goOn();
    return promise;
  }

  /** Runs a body in which nothing is awaited. */
  #callback(body: Body): Outcome {
    const { done, value } = this.#body(body).next();
    if (!done) throw new Error('await outside of an async function');
    return value ?? { kind: 'returned', value: undefined };
  }

  /** @returns undefined when it ran to its end */
  *#body(body: Body): Running {
    for (const statement of body) {
      const outcome = yield* this.#statement(statement);
      if (outcome) return outcome;
    }
    return undefined;
  }

  *#statement(statement: Statement): Running {
    switch (statement.kind) {
      case 'print':
        this.printed.push({ print: statement, task: this.#loop.current });
        return undefined;
      case 'later':
        this.#schedule(statement.way, statement, () => this.#expectNoThrow(this.#callback(statement.body)));
        return undefined;
      case 'chain':
        this.#chain(statement);
        return undefined;
      case 'await': {
        const how = yield { value: this.#evaluate(statement.value), node: statement };
        return how.kind === 'thrown' ? how : undefined;
      }
      case 'return':
        return { kind: 'returned', value: this.#evaluate(statement.value) };
      case 'throw':
        return { kind: 'thrown' };
      case 'try': {
        const outcome = yield* this.#body(statement.body);
        return outcome?.kind === 'thrown' ? yield* this.#body(statement.caught) : outcome;
      }
    }
  }

  #expectNoThrow({ kind }: Outcome): void {
    this.isBroken ||= kind === 'thrown';
  }

  #chain({ start, links }: Chain): void {
    const value = this.#evaluate(start);
    if (!(value instanceof ModelPromise)) throw new Error('only a promise has links');
    links.reduce((promise, link) => {
      const callback = (): Outcome => this.#callback(link.body);
      if (link.kind === 'finally') return this.#promises.chainFinally(promise, callback, link);
      const isThen = link.kind === 'then';
      return this.#promises.chain(promise, isThen ? callback : undefined, isThen ? undefined : callback, link);
    }, value);
  }

  #evaluate(value: Value): Settled {
    switch (value.kind) {
      case 'null':
        return undefined;
      case 'resolved':
        return this.#promises.promiseResolve(undefined, value);
      case 'rejected': {
        const promise = this.#promises.make();
        this.#promises.reject(promise);
        return promise;
      }
      case 'made':
        return this.#make(value);
      case 'thenable':
        return {
          kind: 'thenable',
          callThen: (resolve) => {
            this.#expectNoThrow(this.#callback(value.body));
            resolve();
          },
        };
      case 'call': {
        const called = this.#program.functions.find(({ name }) => name === value.name);
        if (!called) throw new Error(`no function is named ${value.name}`);
        return this.#startAsync(called);
      }
    }
  }

  #make(made: Made): ModelPromise {
    const promise = this.#promises.make();
    this.#expectNoThrow(this.#callback(made.before));
    const { resolve } = made;
    if (resolve.kind === 'now') this.#promises.resolve(promise, resolve.value && this.#evaluate(resolve.value), made);
    else this.#schedule(resolve, made, () => this.#promises.resolve(promise, undefined, made));
    this.#expectNoThrow(this.#callback(made.after));
    return promise;
  }

  #schedule(way: Way, node: Node, run: () => void): void {
    const origin: Origin = { node, step: 'callback' };
    const work = this.#noted(run);
    switch (way.kind) {
      case 'nextTick':
        return this.#loop.nextTick(origin, work);
      case 'queueMicrotask':
        return this.#loop.microtask(origin, work);
      case 'setImmediate':
        return this.#loop.setImmediate(origin, work);
      case 'readFile':
        return this.#loop.startReading(origin, work);
      case 'setTimeout':
        return this.#loop.setTimeout(origin, way.ms, work);
    }
  }
}
