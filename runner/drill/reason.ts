// Why one line was printed before another, in words: from the model's run, in which each task knows who queued it. It
// knows nothing of what was answered.
import type { Task, TaskKind } from './event-loop.ts';
import type { ModelRun, Origin } from './interpreter.ts';
import type { Node, Way } from './program.ts';
import type { Drill } from './drill.ts';

type OneTask = Task<Origin>;

/**
 * @param earlier a line that the program prints
 * @param later one that it prints after that
 * @returns sentences: the rule that puts them in this order, and where it takes hold
 */
export function reasonOf(drill: Pick<Drill, 'run' | 'source' | 'format'>, earlier: string, later: string): string[] {
  const [first, second] = [taskOf(drill.run, earlier), taskOf(drill.run, later)];
  if (!first || !second) throw new Error('no such line');
  const words = new Words(drill.source.lineOf);
  const [printsFirst, printsSecond] = [
    `"${earlier}" is printed by ${words.name(first)}`,
    `"${later}" by ${words.name(second)}`,
  ];
  if (first === second) {
    const one = first.kind === 'script' ? 'The main script' : capital(words.name(first));
    return [`${one} prints both. It runs on to its end, from the top down, and nothing comes between.`];
  }
  if (first.kind === 'script')
    return [
      'The main script runs to its end before anything that it has scheduled.',
      `${printsFirst}, ${printsSecond}.`,
    ];
  const path = pathOf(second);
  if (path.includes(first))
    return [
      `${printsFirst}. "${later}" is printed by ${words.name(second)}, which is not even scheduled before that.`,
      'A callback runs to its end before anything that it schedules.',
    ];
  const callback = path.find((task) => task.begin > first.begin && loopKinds.has(task.kind));
  // The one that was waiting when the earlier line was printed: there is just one, for who queued it has run before.
  const waiting = loopKinds.has(first.kind) || !callback ? path.find((task) => task.begin > first.begin) : callback;
  if (!waiting) throw new Error(`"${later}" is not printed after "${earlier}"`);
  const detour = waiting === second ? '' : `, and for that ${words.name(waiting)} has to run before`;
  return [
    ruleOf(first, waiting, drill),
    `${printsFirst}, ${printsSecond}${detour}.`,
    ...(waiting === callback ? callbackBefore(first, callback, drill, words) : []),
    ...(first.kind === waiting.kind ? turnsOf(first, waiting, path, words) : []),
  ];
}

/** Something in the queues behind one callback of the loop, and a later callback: why are these two in that order? */
function callbackBefore(
  first: OneTask,
  callback: OneTask,
  drill: Pick<Drill, 'run' | 'format'>,
  words: Words,
): string[] {
  if (loopKinds.has(first.kind)) return [];
  const root = drill.run.tasks.slice(0, first.begin).findLast(({ kind }) => loopKinds.has(kind));
  if (!root || pathOf(callback).includes(root)) return [];
  return [
    `The queues are those behind ${words.name(root)}, and that comes before ${words.name(callback)}: ${lowered(ruleOf(root, callback, drill))}`,
  ];
}

/** Why of two in the same queue the one stood before the other, where that is not plain to see. */
function turnsOf(first: OneTask, waiting: OneTask, path: readonly OneTask[], words: Words): string[] {
  const [before, after] = [first.queuedBy, waiting.queuedBy];
  const queued =
    before && after && before !== after
      ? `${capital(words.name(before))} has put the one into the queue, ${words.name(after)} the other only after that.`
      : undefined;
  // Turns in which no code of the program runs are what is easily overlooked.
  const shared = pathOf(first);
  const steps = path
    .slice(0, -1)
    .filter((task) => task.kind === 'microtask' && task.origin.step !== 'callback' && !shared.includes(task))
    .map(({ origin }) => words.step(origin));
  return [...(queued === undefined ? [] : [queued]), ...new Set(steps)];
}

function taskOf({ printed }: ModelRun, text: string): OneTask | undefined {
  return printed.find(({ print }) => print.text === text)?.task;
}

/** From the script to the task, each queued by the one before. */
function pathOf(task: OneTask): OneTask[] {
  return task.queuedBy ? [...pathOf(task.queuedBy), task] : [task];
}

const loopKinds: ReadonlySet<TaskKind> = new Set(['timer', 'immediate', 'io']);

/** Why of two tasks that both were waiting the one came first. */
function ruleOf(first: OneTask, waiting: OneTask, { run, format }: Pick<Drill, 'run' | 'format'>): string {
  const pair = `${first.kind} before ${waiting.kind}` as const;
  if (!loopKinds.has(first.kind) && loopKinds.has(waiting.kind))
    return 'The loop does not go on to its next callback before the queues of nextTick and of microtasks are empty.';
  switch (pair) {
    case 'nextTick before nextTick':
      return 'The nextTick queue is served in the order in which it was filled.';
    case 'microtask before microtask':
      return 'The microtask queue is served in the order in which it was filled.';
    case 'nextTick before microtask':
      return 'Node empties the nextTick queue first, and then the microtask queue.';
    case 'microtask before nextTick':
      return format === 'esm' && isBehindScript(first, run)
        ? 'In an ES module the main script itself is run by a microtask, so the microtask queue is emptied before nextTick has its turn.'
        : 'Once the microtask queue has its turn it is emptied to the end, also of what comes in meanwhile; then nextTick is looked at again.';
    case 'timer before timer':
      return 'Timers run in the order in which they are due, and those that are due together in the order in which they were set.';
    case 'immediate before immediate':
      return 'Immediates run in the order in which they were set; those that are set by immediates wait for the next trip of the loop.';
    case 'immediate before timer':
      return 'The loop goes round from poll (I/O) to check (setImmediate), and only then to the timers again.';
    default:
      return 'The loop goes round through its phases: timers, poll (I/O), check (setImmediate).';
  }
}

/** Nothing but microtasks has run since the main script. */
function isBehindScript(task: OneTask, { tasks }: ModelRun): boolean {
  return tasks.slice(1, tasks.indexOf(task)).every(({ kind }) => kind === 'microtask');
}

class Words {
  readonly #lineOf: ReadonlyMap<Node, number>;

  constructor(lineOf: ReadonlyMap<Node, number>) {
    this.#lineOf = lineOf;
  }

  /** `the setTimeout callback of line 7` */
  name({ kind, origin: { node, step } }: OneTask): string {
    if (kind === 'script' || !('kind' in node)) return 'the main script';
    const line = this.#line(node);
    switch (node.kind) {
      case 'later':
        return `the ${wayName(node.way)} callback${line}`;
      case 'then':
      case 'catch':
      case 'finally':
        return step === 'callback' ? `the ${node.kind} callback${line}` : `a step behind the ${node.kind}${line}`;
      case 'await':
        return step === 'callback' ? `what comes behind the await${line}` : `the call of then for the await${line}`;
      case 'made':
        return node.resolve.kind === 'now'
          ? `a step of the promise${line}`
          : `the resolve that ${wayName(node.resolve)} calls${line}`;
      default:
        return `a step${line}`;
    }
  }

  /** What a turn without code of the program was for. */
  step({ node, step }: Origin): string {
    if (!('kind' in node)) return 'An async function that returns a promise takes two turns more to settle.';
    const line = this.#line(node);
    if (step === 'pass')
      return `Where the ${node.kind}${line} has nothing to do it takes a turn of the queue to pass on what comes.`;
    switch (node.kind) {
      case 'await':
        return `The await${line} waits for an object with a then, which is called in a turn of its own.`;
      case 'made':
        return `The promise${line} is resolved with a promise: one turn to call its then, one to hear from it.`;
      case 'finally':
        return `The finally${line} waits for what its callback returns: that takes turns of the queue, too.`;
      default:
        return `The ${node.kind}${line} returns a promise: one turn to call its then, one to hear from it.`;
    }
  }

  #line(node: Node): string {
    const line = this.#lineOf.get(node);
    return line === undefined ? '' : ` of line ${line}`;
  }
}

function wayName(way: Way): string {
  return way.kind === 'nextTick' ? 'process.nextTick' : way.kind;
}

function capital(text: string): string {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
}

function lowered(text: string): string {
  return `${text[0]?.toLowerCase() ?? ''}${text.slice(1)}`;
}
