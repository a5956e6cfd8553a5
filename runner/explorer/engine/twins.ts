// Whether what was taken for the same is the same. A thread that comes back to where it stood is taken to have forgotten how
// it went round (program.ts); but it may remember: a flag that it had to wait, what it read last, how often it went round.
// So everything that was found out to follow the earlier stand is tried out behind the later one, and behind several rounds:
// the thread must do the same there.
import type { Program, Twin } from './program.ts';
import type { Operation, Place, Result } from './operation.ts';

/** A loop in which a thread remembers more than was taken into account. */
export interface Doubt {
  readonly loop: string;
  readonly place: Place | undefined;
}

/** Ways on behind a node that are looked at. */
const mostWays = 1_000;
/** Rounds that are put one behind the other. */
const mostRounds = 4;
/** So many trials in any case; and otherwise twice as many as the search took runs of the code, so that it stays in its measure. */
const leastTrials = 150;
const trialsForEachRun = 2;

/** What a thread hears, and what it does each time. */
interface Way {
  readonly results: readonly Result[];
  readonly operations: readonly Operation[];
  /** the node that it comes to */
  readonly end: number;
  /** to a node that is known already */
  readonly isBack: boolean;
}

/** Some rounds of a loop and then a way on. */
interface Trial {
  readonly node: number;
  readonly round: Way;
  readonly way: Way;
}

/** @returns loops in which a thread went on in another way */
export async function doubtsOf(program: Program): Promise<Doubt[]> {
  const doubts = new Map<string, Doubt>();
  let left = Math.max(leastTrials, trialsForEachRun * program.runs);
  let open = [...trialsOf(program)];
  // One trial of each loop in turn.
  while (open.length > 0 && left > 0) {
    const still: typeof open = [];
    for (const [loop, trials] of open) {
      const { value: trial, done } = trials.next();
      if (done || left <= 0) continue;
      left -= 1;
      if (await isSame(program, trial)) still.push([loop, trials]);
      else doubts.set(loop, { loop, place: program.places(trial.node)[0] });
    }
    open = still;
  }
  return [...doubts.values()];
}

function isSame(program: Program, { node, round, way }: Trial): Promise<boolean> {
  return program.goes(
    program.threadOf(node),
    [...program.historyOf(node), ...round.results, ...way.results],
    [...program.operationsBefore(node), ...round.operations, ...way.operations],
    way.end,
  );
}

/** By loop. */
function trialsOf(program: Program): Map<string, Generator<Trial, undefined>> {
  const children = childrenIn(program);
  const byLoop = new Map<string, Around[]>();
  for (const [node, twins] of grouped(program.twins)) {
    const loop = program.loopAt(node);
    const turns = twins.map((twin) => turnOf(program, twin));
    const around = { node, turns, ways: waysFrom(program, node, children) };
    byLoop.set(loop, [...(byLoop.get(loop) ?? []), around]);
  }
  return new Map([...byLoop].map(([loop, arounds]) => [loop, trialsAround(arounds)]));
}

/** What there is to try at a node. */
interface Around {
  readonly node: number;
  readonly turns: readonly Way[];
  readonly ways: readonly Way[];
}

/** Each turn with each way, the shortest ways first; in between several turns by chance, the same in each exploration. */
function* trialsAround(arounds: readonly Around[]): Generator<Trial, undefined> {
  const chance = lottery();
  const pick = <T>(items: readonly T[]): T => items[chance(items.length)] as T;
  const longest = Math.max(...arounds.map(({ ways }) => ways.length));
  const pairs = arounds.reduce((sum, { turns, ways }) => sum + turns.length * ways.length, 0);
  let byChance = 0;
  const severalTurns = (): Trial => {
    byChance += 1;
    const { node, turns, ways } = pick(arounds);
    const round = Array.from({ length: 2 + chance(mostRounds - 1) }, () => pick(turns));
    return { node, round: joined(round), way: pick(ways) };
  };
  for (let at = 0; at < longest; at += 1)
    for (const { node, turns, ways } of arounds) {
      const way = ways[at];
      if (!way) continue;
      for (const turn of turns) {
        yield { node, round: turn, way };
        yield severalTurns();
      }
    }
  // Of few pairs there are still many orders.
  for (let orders = 4 * pairs * pairs - byChance; orders > 0; orders -= 1) yield severalTurns();
  return undefined;
}

/** Numbers below a bound, in an order of their own (Numerical Recipes, "quick and dirty" generators). */
function lottery(): (below: number) => number {
  let state = 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function grouped(twins: readonly Twin[]): Map<number, Twin[]> {
  const groups = new Map<number, Twin[]>();
  for (const twin of twins) groups.set(twin.of, [...(groups.get(twin.of) ?? []), twin]);
  return groups;
}

interface Step {
  readonly via: number;
  readonly to: number;
}

/** What follows each node: new nodes, and earlier ones that it came back to. */
function childrenIn(program: Program): Map<number, Step[]> {
  const children = new Map<number, Step[]>();
  const add = (parent: number, step: Step): void => void children.set(parent, [...(children.get(parent) ?? []), step]);
  for (let node = 0; node < program.size(); node += 1) {
    const { parent, via } = program.originOf(node);
    if (parent >= 0) add(parent, { via, to: node });
  }
  for (const { parent, via, of } of program.twins) add(parent, { via, to: of });
  return children;
}

/** Ways as long as they are known, up to where they come back to something; the shortest first. */
function waysFrom(program: Program, from: number, children: ReadonlyMap<number, readonly Step[]>): Way[] {
  const ways: Way[] = [];
  const open: Way[] = [{ results: [], operations: [], end: from, isBack: false }];
  for (const way of open) {
    if (ways.length >= mostWays) break;
    const next = way.isBack ? [] : (children.get(way.end) ?? []);
    if (next.length === 0) ways.push(way);
    for (const { via, to } of next)
      open.push({
        results: [...way.results, program.results.at(via)],
        operations: [...way.operations, program.operations.at(program.operation(way.end))],
        end: to,
        isBack: program.originOf(to).parent !== way.end,
      });
  }
  return ways;
}

/** Once round, from the earlier stand to its twin. */
function turnOf(program: Program, { of, parent, via }: Twin): Way {
  const results: Result[] = [program.results.at(via)];
  const operations: Operation[] = [program.operations.at(program.operation(parent))];
  for (let at = parent; at !== of;) {
    const origin = program.originOf(at);
    results.unshift(program.results.at(origin.via));
    operations.unshift(program.operations.at(program.operation(origin.parent)));
    at = origin.parent;
  }
  return { results, operations, end: of, isBack: true };
}

function joined(parts: readonly Way[]): Way {
  return {
    results: parts.flatMap(({ results }) => results),
    operations: parts.flatMap(({ operations }) => operations),
    end: parts[0]?.end ?? 0,
    isBack: true,
  };
}
