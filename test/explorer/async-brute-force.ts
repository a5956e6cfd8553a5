// A naive search over small async programs, written from the contract of scenarios and not from the engine: it goes through every
// order of beginnings, effects and deadlines, without any cleverness, on copies of a small state.

/** What a task does; each of the first four waits. `local` is the task's one variable. */
export type Instruction =
  /** local = cell */
  | { readonly do: 'read'; readonly cell: number }
  /** cell = local + by */
  | { readonly do: 'write'; readonly cell: number; readonly by: number }
  /** cell += by, and local = what it is then */
  | { readonly do: 'add'; readonly cell: number; readonly by: number }
  | { readonly do: 'sleep'; readonly ms: number }
  /** a mutex of the module: whoever waits goes in, in turn */
  | { readonly do: 'lock' }
  | { readonly do: 'unlock' }
  | { readonly do: 'throwIf'; readonly local: number }
  /** without an await: local = cell, and cell = local + by */
  | { readonly do: 'get'; readonly cell: number }
  | { readonly do: 'put'; readonly cell: number; readonly by: number }
  /** awaits what is there already */
  | { readonly do: 'hop' };

export interface SmallAsyncProgram {
  readonly cells: number;
  readonly tasks: readonly (readonly Instruction[])[];
  /** what a cell must hold in the end */
  readonly final?: { readonly cell: number; readonly is: number };
  /** what a cell may never hold */
  readonly never?: { readonly cell: number; readonly is: number };
}

export interface Brute {
  /** of the least failure in (preemptions, steps), and all kinds that are as small */
  readonly least: { readonly preemptions: number; readonly steps: number; readonly kinds: Set<string> } | undefined;
  /** how many orders there are, those that end early in a failure included */
  readonly orders: number;
}

interface Waiting {
  readonly task: number;
  readonly kind: 'effect' | 'timer';
  readonly ms: number;
  readonly call: number;
}

/** How late it may be: nobody knows how long an operation takes. */
interface World {
  readonly now: number;
  /** of timers, by the number of their call */
  readonly deadlines: Readonly<Record<number, number>>;
}

/** All lengths of sleeps are multiples of it, so nothing is missed by times between. */
const stepMs = 10;

interface State {
  readonly cells: number[];
  /** the next instruction; -1: not begun */
  readonly at: number[];
  readonly locals: number[];
  waiting: Waiting[];
  queue: number[];
  isLocked: boolean;
  /** all that may be */
  worlds: readonly World[];
  calls: number;
  thrown: boolean;
}

/** @param mostOrders throws beyond */
export function bruteForce(program: SmallAsyncProgram, mostOrders = 20_000): Brute {
  let orders = 0;
  let least: Brute['least'];
  const start: State = {
    cells: Array.from({ length: program.cells }, () => 0),
    at: program.tasks.map(() => -1),
    locals: program.tasks.map(() => 0),
    waiting: [],
    queue: [],
    isLocked: false,
    worlds: [{ now: 0, deadlines: {} }],
    calls: 0,
    thrown: false,
  };
  visit(start, -1, 0, 0);
  return { least, orders };

  function visit(state: State, last: number, preemptions: number, steps: number): void {
    const kind = failure(program, state);
    const moves = kind ? [] : movesOf(state);
    if (moves.length === 0) {
      orders += 1;
      if (orders > mostOrders) throw new Error('too many orders');
      if (kind) note(kind, preemptions, steps);
      return;
    }
    const hasEffect = state.waiting.some((waiting) => waiting.kind === 'effect');
    const lastCould = state.waiting.some((waiting) => waiting.kind === 'effect' && waiting.task === last);
    for (const move of moves) {
      const isTimer = typeof move !== 'number' && move.kind === 'timer';
      const task = taskOf(move);
      const costs = isTimer ? hasEffect : lastCould && task !== last;
      visit(after(program, state, [move]), task, preemptions + (costs ? 1 : 0), steps + 1);
    }
    const begins = moves.filter((move) => typeof move === 'number');
    const effects = moves.filter((move) => typeof move !== 'number' && move.kind === 'effect');
    for (const together of [begins, begins.toReversed(), effects]) {
      if (together.length < 2) continue;
      const cost = together.length - 1;
      visit(
        after(program, state, together),
        taskOf(together.at(-1) ?? -1),
        preemptions + cost,
        steps + together.length,
      );
    }
  }

  function note(kind: string, preemptions: number, steps: number): void {
    const order = least ? preemptions - least.preemptions || steps - least.steps : -1;
    if (order < 0) least = { preemptions, steps, kinds: new Set([kind]) };
    else if (order === 0) least?.kinds.add(kind);
  }
}

/** A task that begins, or what is waited for. */
type BruteMove = number | Waiting;

function taskOf(move: BruteMove): number {
  return typeof move === 'number' ? move : move.task;
}

function movesOf(state: State): BruteMove[] {
  const unbegun = state.at.flatMap((at, task) => (at < 0 ? [task] : []));
  const effects = state.waiting.filter(({ kind }) => kind === 'effect');
  const timers = state.waiting.filter(({ kind }) => kind === 'timer');
  // Of the same length the first to be set comes first.
  const first = timers.filter(
    (timer) =>
      !timers.some((other) => other.ms === timer.ms && other.call < timer.call) &&
      worldsAfter(state.worlds, timer.call, unbegun.length > 0).length > 0,
  );
  return [...unbegun, ...effects, ...first];
}

/** Those in which this timer is due before all others. */
function worldsAfter(worlds: readonly World[], call: number, isStanding: boolean): World[] {
  return worlds.flatMap(({ now, deadlines: { [call]: due = -1, ...others } }) => {
    const isFirst = Object.values(others).every((other) => other >= due);
    return isFirst && (due <= now || !isStanding) ? [{ now: Math.max(now, due), deadlines: others }] : [];
  });
}

/** Those in which an answer comes, at any time before the next timer is due. */
function worldsWithAnswer(worlds: readonly World[]): World[] {
  const all = new Map<string, World>();
  for (const { now, deadlines } of worlds) {
    const end = Math.min(...Object.values(deadlines));
    // Where nothing is due, how late it is makes no difference.
    for (let later = now; later <= (end === Infinity ? now : end); later += stepMs)
      all.set(JSON.stringify([later, deadlines]), { now: later, deadlines });
  }
  return [...all.values()];
}

/** Moves of one turn: each happens, then whoever they have let go on does so. */
function after(program: SmallAsyncProgram, before: State, moves: readonly BruteMove[]): State {
  const state: State = structuredClone(before);
  for (const move of moves) happen(program, state, move);
  goOn(program, state, moves.map(taskOf));
  return state;
}

function happen(program: SmallAsyncProgram, state: State, move: BruteMove): void {
  if (typeof move === 'number') {
    state.at[move] = 0;
    return;
  }
  const { task } = move;
  state.waiting = state.waiting.filter(({ call }) => call !== move.call);
  const isStanding = state.at.some((at) => at < 0);
  if (move.kind === 'timer') state.worlds = worldsAfter(state.worlds, move.call, isStanding);
  else if (!isStanding) state.worlds = worldsWithAnswer(state.worlds);
  const instruction = program.tasks[task]?.[state.at[task] ?? 0];
  if (instruction?.do === 'read') state.locals[task] = state.cells[instruction.cell] ?? 0;
  if (instruction?.do === 'write') state.cells[instruction.cell] = (state.locals[task] ?? 0) + instruction.by;
  if (instruction?.do === 'add') {
    state.cells[instruction.cell] = (state.cells[instruction.cell] ?? 0) + instruction.by;
    state.locals[task] = state.cells[instruction.cell] ?? 0;
  }
  state.at[task] = (state.at[task] ?? 0) + 1;
}

/** Tasks until they wait; then whoever they have let in, and who only awaited what was there. */
function goOn(program: SmallAsyncProgram, state: State, first: readonly number[]): void {
  const ready = [...first];
  for (const task of ready) {
    for (;;) {
      const instruction = program.tasks[task]?.[state.at[task] ?? 0];
      if (!instruction) break;
      if (instruction.do === 'lock') {
        if (state.isLocked) {
          state.queue.push(task);
          break;
        }
        state.isLocked = true;
      } else if (instruction.do === 'unlock') {
        const next = state.queue.shift();
        if (next === undefined) state.isLocked = false;
        else {
          state.at[next] = (state.at[next] ?? 0) + 1;
          ready.push(next);
        }
      } else if (instruction.do === 'throwIf') {
        if (state.locals[task] === instruction.local) {
          state.thrown = true;
          break;
        }
      } else if (instruction.do === 'get') {
        state.locals[task] = state.cells[instruction.cell] ?? 0;
      } else if (instruction.do === 'put') {
        state.cells[instruction.cell] = (state.locals[task] ?? 0) + instruction.by;
      } else if (instruction.do === 'hop') {
        state.at[task] = (state.at[task] ?? 0) + 1;
        ready.push(task);
        break;
      } else {
        const ms = instruction.do === 'sleep' ? instruction.ms : 0;
        const kind = instruction.do === 'sleep' ? 'timer' : 'effect';
        const { calls } = state;
        state.waiting.push({ task, kind, ms, call: calls });
        if (kind === 'timer')
          state.worlds = state.worlds.map(({ now, deadlines }) => ({
            now,
            deadlines: { ...deadlines, [calls]: now + ms },
          }));
        state.calls += 1;
        break;
      }
      state.at[task] = (state.at[task] ?? 0) + 1;
    }
  }
}

function failure(program: SmallAsyncProgram, state: State): string | undefined {
  const { never, final, tasks } = program;
  if (state.thrown) return 'exception';
  if (never && state.cells[never.cell] === never.is) return 'invariant';
  const areEnded = tasks.every((instructions, task) => (state.at[task] ?? 0) >= instructions.length);
  if (areEnded) return final && state.cells[final.cell] !== final.is ? 'assertion' : undefined;
  const canGoOn = state.waiting.length > 0 || state.at.some((at) => at < 0);
  return canGoOn ? undefined : 'deadlock';
}

/** The program as a scenario. */
export function asyncScenarioText({ cells, tasks, final, never }: SmallAsyncProgram): string {
  const bodies = tasks.map((instructions) => instructions.map((each) => `      ${statement(each)}`).join('\n'));
  return [
    'let isLocked = false;',
    'const queue = [];',
    'function unlock() {',
    '  const next = queue.shift();',
    '  if (next) next();',
    '  else isLocked = false;',
    '}',
    `export const tasks = ${tasks.length};`,
    'export function setup({ operation, sleep }) {',
    `  const cells = Array.from({ length: ${cells} }, () => 0);`,
    '  return {',
    '    cells, sleep,',
    '    read: operation((cell) => cells[cell]),',
    '    write: operation((cell, value) => { cells[cell] = value; }),',
    '    add: operation((cell, by) => (cells[cell] += by)),',
    '  };',
    '}',
    'export async function task(id, { cells, read, write, add, sleep }) {',
    '  let local = 0;',
    '  switch (id) {',
    ...bodies.flatMap((body, id) => [`    case ${id}:`, body, '      return;']),
    '  }',
    '}',
    ...(final ? [`export function final({ cells }) { return cells[${final.cell}] === ${final.is}; }`] : []),
    ...(never ? [`export function invariant({ cells }) { return cells[${never.cell}] !== ${never.is}; }`] : []),
    '',
  ].join('\n');
}

function statement(instruction: Instruction): string {
  switch (instruction.do) {
    case 'read':
      return `local = await read(${instruction.cell});`;
    case 'write':
      return `await write(${instruction.cell}, local + ${instruction.by});`;
    case 'add':
      return `local = await add(${instruction.cell}, ${instruction.by});`;
    case 'sleep':
      return `await sleep(${instruction.ms});`;
    case 'lock':
      return 'if (isLocked) await new Promise((go) => queue.push(go)); else isLocked = true;';
    case 'unlock':
      return 'unlock();';
    case 'get':
      return `local = cells[${instruction.cell}];`;
    case 'put':
      return `cells[${instruction.cell}] = local + ${instruction.by};`;
    case 'hop':
      return 'await null;';
    case 'throwIf':
      return `if (local === ${instruction.local}) throw new RangeError('thrown');`;
  }
}
