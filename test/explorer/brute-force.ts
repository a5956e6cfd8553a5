// What a small program does, found out in the plainest way: every state is a text, every step is taken, nothing is cut off and
// nothing is clever. Written from what Atomics and fairness mean, with nothing of the explorer in it.
import {
  waitResults,
  type Access,
  type Local,
  type Operand,
  type SmallProgram,
  type Statement,
} from './small-program.ts';

export type Kind = 'exception' | 'invariant' | 'assertion' | 'deadlock' | 'livelock' | 'race';

export interface BruteVerdict {
  /** undefined: it passes */
  readonly kinds: ReadonlySet<Kind> | undefined;
  /** the least that such a failure takes; of a livelock the way to where it repeats itself */
  readonly preemptions: number;
  readonly steps: number;
  /** of a livelock, where states that go on alike for ever count as one: it repeats itself from there on at the earliest */
  readonly earliest?: { readonly preemptions: number; readonly steps: number };
  readonly states: number;
}

/** A thread's program without blocks. */
type Instruction =
  | { readonly do: 'access'; readonly access: Access }
  | Extract<Statement, { do: 'let' | 'raise' | 'count' | 'throw' }>
  /** goes on at `to` unless the local is, or is not, the number */
  | {
      readonly do: 'unless';
      readonly local: Local;
      readonly isEqual: boolean;
      readonly is: number;
      readonly to: number;
    }
  | { readonly do: 'jump'; readonly to: number };

interface ThreadState {
  at: number;
  a: number;
  b: number;
  c: number;
  hasThrown: boolean;
}

interface State {
  memory: number[];
  threads: ThreadState[];
  /** who fell asleep first stands first */
  asleep: { thread: number; cell: number; isTimed: boolean }[];
}

interface Step {
  readonly thread: number;
  readonly to: string;
}

export class TooBig extends Error {}

/** @throws TooBig */
export function bruteForce(program: SmallProgram, mostStates = 20_000): BruteVerdict {
  const code = program.threads.map(flat);
  const nextAccess = (state: State, thread: number): Access | undefined => {
    const instruction = code[thread]?.[state.threads[thread]!.at];
    return instruction?.do === 'access' && !state.threads[thread]!.hasThrown ? instruction.access : undefined;
  };
  const isAsleep = (state: State, thread: number): boolean => state.asleep.some((sleeper) => sleeper.thread === thread);
  const isAble = (state: State, thread: number): boolean =>
    nextAccess(state, thread) !== undefined && !isAsleep(state, thread);
  const everybody = [...program.threads.keys()];

  const first: State = {
    memory: [...program.cells],
    threads: everybody.map(() => ({ at: 0, a: 0, b: 0, c: 0, hasThrown: false })),
    asleep: [],
  };
  for (const thread of everybody) runOn(code[thread] ?? [], first.threads[thread]!);

  const states = new Map<string, { state: State; steps: Step[] }>();
  const open = [JSON.stringify(first)];
  const initial = open[0] as string;
  while (open.length > 0) {
    const name = open.pop() as string;
    if (states.has(name)) continue;
    if (states.size >= mostStates) throw new TooBig();
    const state = JSON.parse(name) as State;
    const steps: Step[] = [];
    if (failuresOf(state).size === 0) {
      for (const thread of everybody)
        if (isAble(state, thread)) steps.push({ thread, to: JSON.stringify(stepped(state, thread)) });
      if (steps.length === 0)
        for (const { thread, isTimed } of state.asleep)
          if (isTimed) steps.push({ thread, to: JSON.stringify(expired(state, thread)) });
    }
    states.set(name, { state, steps });
    for (const { to } of steps) open.push(to);
  }

  const size = states.size;
  const failing = cheapest((name) => {
    const kinds = failuresOf(states.get(name)!.state);
    return kinds.size > 0 ? kinds : undefined;
  });
  if (failing) return { ...failing, states: size };
  const livelock = endlessWay((name) => name);
  if (livelock) {
    const { preemptions, steps } = endlessWay(alike()) ?? livelock;
    return { ...livelock, states: size, earliest: { preemptions, steps } };
  }
  const race = cheapest((name) => (doesRace(states.get(name)!.state) ? new Set<Kind>(['race']) : undefined));
  if (race) return { ...race, states: size };
  return { kinds: undefined, preemptions: 0, steps: 0, states: size };

  function failuresOf(state: State): Set<Kind> {
    const kinds = new Set<Kind>();
    const holds = (pattern: SmallProgram['never']): boolean =>
      pattern.length > 0 && pattern.every(({ cell, is }) => state.memory[cell] === is);
    if (state.threads.some(({ hasThrown }) => hasThrown)) kinds.add('exception');
    if (holds(program.never)) kinds.add('invariant');
    const areAllThrough = everybody.every((thread) => nextAccess(state, thread) === undefined);
    if (areAllThrough && kinds.size === 0 && holds(program.notAtTheEnd)) kinds.add('assertion');
    if (
      !areAllThrough &&
      !everybody.some((thread) => isAble(state, thread)) &&
      !state.asleep.some(({ isTimed }) => isTimed)
    )
      kinds.add('deadlock');
    return kinds;
  }

  function stepped(before: State, thread: number): State {
    const state = structuredClone(before);
    const me = state.threads[thread]!;
    const access = nextAccess(state, thread)!;
    const { memory } = state;
    const { cell } = access;
    const value = valueOf(access.value, me);
    const was = memory[cell] ?? 0;
    switch (access.do) {
      case 'read':
      case 'load':
        me[access.into] = was;
        break;
      case 'write':
      case 'store':
        memory[cell] = value;
        break;
      case 'add':
        memory[cell] = was + value;
        me[access.into] = was;
        break;
      case 'exchange':
        memory[cell] = value;
        me[access.into] = was;
        break;
      case 'compareExchange':
        if (was === valueOf(access.expected, me)) memory[cell] = value;
        me[access.into] = was;
        break;
      case 'wait':
        if (was === value) {
          state.asleep.push({ thread, cell, isTimed: access.isTimed });
          return state;
        }
        me[access.into] = waitResults.indexOf('not-equal');
        break;
      case 'notify': {
        const woken = state.asleep.filter((sleeper) => sleeper.cell === cell).slice(0, value);
        state.asleep = state.asleep.filter((sleeper) => !woken.includes(sleeper));
        me[access.into] = woken.length;
        for (const sleeper of woken) wake(state, sleeper.thread, 'ok');
      }
    }
    me.at += 1;
    runOn(code[thread] ?? [], me);
    return state;
  }

  function expired(before: State, thread: number): State {
    const state = structuredClone(before);
    state.asleep = state.asleep.filter((sleeper) => sleeper.thread !== thread);
    wake(state, thread, 'timed-out');
    return state;
  }

  function wake(state: State, thread: number, result: (typeof waitResults)[number]): void {
    const sleeper = state.threads[thread]!;
    sleeper[nextAccess(state, thread)!.into] = waitResults.indexOf(result);
    sleeper.at += 1;
    runOn(code[thread] ?? [], sleeper);
  }

  function doesRace(state: State): boolean {
    const able = everybody
      .filter((thread) => isAble(state, thread))
      .map((thread) => {
        const access = nextAccess(state, thread)!;
        // Without what it expects it only reads.
        const isVain =
          access.do === 'compareExchange' &&
          state.memory[access.cell] !== valueOf(access.expected, state.threads[thread]!);
        return { ...access, do: isVain ? ('load' as const) : access.do };
      });
    return able.some((one, index) =>
      able.slice(index + 1).some((other) => {
        const both = [one, other];
        return (
          one.cell === other.cell &&
          both.every((access) => access.do !== 'notify') &&
          both.some((access) => !['read', 'load', 'wait'].includes(access.do)) &&
          both.some((access) => access.do === 'read' || access.do === 'write')
        );
      }),
    );
  }

  /** Ways with as few preemptions as can be, and of these the shortest: all with none, then all with one, and so on. */
  function cheapest(
    wanted: (name: string) => Set<Kind> | undefined,
  ): { kinds: Set<Kind>; preemptions: number; steps: number } | undefined {
    const seen = new Set<string>();
    // By number of steps: where one stands, and who did the last step.
    let ways: [name: string, last: number][][] = [[[initial, -1]]];
    for (let preemptions = 0; ways.length > 0; preemptions += 1) {
      const more: [string, number][][] = [];
      let best: { kinds: Set<Kind>; steps: number } | undefined;
      for (let steps = 0; steps < ways.length; steps += 1) {
        for (const [name, last] of ways[steps] ?? []) {
          if (seen.has(`${last} ${name}`)) continue;
          seen.add(`${last} ${name}`);
          const kinds = wanted(name);
          if (kinds && (!best || best.steps === steps))
            best = { steps, kinds: new Set([...(best?.kinds ?? []), ...kinds]) };
          const { state, steps: next } = states.get(name)!;
          for (const { thread, to } of next) {
            const isPreempting = last >= 0 && thread !== last && isAble(state, last);
            const queue = isPreempting ? more : ways;
            (queue[steps + 1] ??= []).push([to, thread]);
          }
        }
      }
      if (best) return { ...best, preemptions };
      ways = more;
    }
    return undefined;
  }

  /** The least way to a state on a way that comes back to it and on which everybody who could go on goes on. */
  function endlessWay(classOf: (name: string) => string): ReturnType<typeof cheapest> {
    const forth = new Map<string, Set<string>>();
    const back = new Map<string, Set<string>>();
    const members = new Map<string, string[]>();
    for (const [name, { steps }] of states) {
      const from = classOf(name);
      members.set(from, [...(members.get(from) ?? []), name]);
      for (const { to } of steps) {
        forth.set(from, (forth.get(from) ?? new Set()).add(classOf(to)));
        back.set(classOf(to), (back.get(classOf(to)) ?? new Set()).add(from));
      }
    }
    const endless = new Set<string>();
    const settled = new Set<string>();
    for (const name of members.keys()) {
      if (settled.has(name)) continue;
      const before = reached(name, (other) => back.get(other) ?? []);
      const within = new Set(
        [...reached(name, (other) => forth.get(other) ?? [])].filter((other) => before.has(other)),
      );
      const going = new Set<number>();
      const able = new Set<number>();
      for (const other of within) {
        settled.add(other);
        for (const member of members.get(other) ?? []) {
          const { state, steps } = states.get(member)!;
          for (const thread of everybody) if (isAble(state, thread)) able.add(thread);
          for (const { thread, to } of steps) if (within.has(classOf(to))) going.add(thread);
        }
      }
      if (going.size > 0 && [...able].every((thread) => going.has(thread)))
        for (const other of within) endless.add(other);
    }
    return cheapest((name) => (endless.has(classOf(name)) ? new Set<Kind>(['livelock']) : undefined));
  }

  /** States are alike whose memory, sleepers and next instructions are the same and whose steps lead to states that are alike. */
  function alike(): (name: string) => string {
    let classes = new Map<string, string>();
    for (const [name, { state }] of states) {
      const next = everybody.map((thread) => {
        const access = nextAccess(state, thread);
        const me = state.threads[thread]!;
        if (!access) return [];
        const takes = access.do !== 'read' && access.do !== 'load';
        const compares = access.do === 'compareExchange';
        return [me.at, takes && valueOf(access.value, me), compares && valueOf(access.expected, me)];
      });
      classes.set(name, JSON.stringify([state.memory, state.asleep, next]));
    }
    for (let count = 0; ;) {
      const numbers = new Map<string, string>();
      const finer = new Map<string, string>();
      for (const [name, { steps }] of states) {
        const signature = [classes.get(name), ...steps.map(({ thread, to }) => `${thread}>${classes.get(to)}`)].join(
          ' ',
        );
        if (!numbers.has(signature)) numbers.set(signature, String(numbers.size));
        finer.set(name, numbers.get(signature) as string);
      }
      classes = finer;
      if (numbers.size === count) return (name) => classes.get(name) as string;
      count = numbers.size;
    }
  }
}

function reached(from: string, next: (name: string) => Iterable<string>): Set<string> {
  const found = new Set([from]);
  for (const name of found) for (const other of next(name)) found.add(other);
  return found;
}

/** What a thread does between two accesses. */
function runOn(code: readonly Instruction[], me: ThreadState): void {
  for (;;) {
    const instruction = code[me.at];
    if (!instruction || instruction.do === 'access') return;
    me.at += 1;
    switch (instruction.do) {
      case 'let':
        me[instruction.into] = valueOf(instruction.be, me);
        break;
      case 'raise':
        me[instruction.into] = Math.max(me[instruction.into], me[instruction.to]);
        break;
      case 'count':
        me[instruction.into] = (me[instruction.into] + 1) % 3;
        break;
      case 'throw':
        if (me[instruction.local] === instruction.is) {
          me.hasThrown = true;
          return;
        }
        break;
      case 'unless':
        if ((me[instruction.local] === instruction.is) !== instruction.isEqual) me.at = instruction.to;
        break;
      case 'jump':
        me.at = instruction.to;
    }
  }
}

function valueOf(operand: Operand, me: ThreadState): number {
  return typeof operand === 'number' ? operand : me[operand];
}

function flat(statements: readonly Statement[]): Instruction[] {
  const code: Instruction[] = [];
  const add = (statement: Statement): void => {
    switch (statement.do) {
      case 'let':
      case 'raise':
      case 'count':
      case 'throw':
        code.push(statement);
        return;
      case 'if': {
        const at = code.push({ do: 'jump', to: 0 }) - 1;
        statement.body.forEach(add);
        code[at] = { do: 'unless', local: statement.local, isEqual: true, is: statement.is, to: code.length };
        return;
      }
      case 'repeat':
        for (let count = 0; count < statement.times; count += 1) statement.body.forEach(add);
        return;
      case 'until': {
        const { access, isEqual, is } = statement;
        const start = code.push({ do: 'access', access }) - 1;
        const at = code.push({ do: 'jump', to: 0 }) - 1;
        statement.body.forEach(add);
        code.push({ do: 'jump', to: start });
        // What it gave is what it was to be: behind the loop.
        code[at] = { do: 'unless', local: access.into, isEqual: !isEqual, is, to: code.length };
        return;
      }
      default:
        code.push({ do: 'access', access: statement });
    }
  };
  statements.forEach(add);
  return code;
}
