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

/** Ways round a loop, and ways behind it, that are looked at; and how many of all their pairs are tried out. */
const mostRounds = 12;
const mostWays = 24;
const mostTrials = 20;

/** What a thread hears, and what it does each time. */
interface Way {
  readonly results: readonly Result[];
  readonly operations: readonly Operation[];
  /** the node that it comes to */
  readonly end: number;
  /** to a node that is known already */
  readonly isBack: boolean;
}

/** A way round a loop and then a way on: both shortest first. */
interface Trial {
  readonly node: number;
  readonly round: Way;
  readonly way: Way;
  readonly rank: number;
}

/** @returns loops in which a thread went on in another way */
export async function doubtsOf(program: Program): Promise<Doubt[]> {
  const doubts: Doubt[] = [];
  for (const [loop, trials] of trialsOf(program)) {
    for (const { node, round, way } of trials.toSorted((a, b) => a.rank - b.rank).slice(0, mostTrials)) {
      const isSame = await program.goes(
        program.threadOf(node),
        [...program.historyOf(node), ...round.results, ...way.results],
        [...program.operationsBefore(node), ...round.operations, ...way.operations],
        way.end,
      );
      if (isSame) continue;
      doubts.push({ loop, place: program.places(node)[0] });
      break;
    }
  }
  return doubts;
}

/** By loop. */
function trialsOf(program: Program): Map<string, Trial[]> {
  const children = childrenIn(program);
  const trials = new Map<string, Trial[]>();
  for (const [node, twins] of grouped(program.twins)) {
    const loop = program.loopAt(node);
    const ofLoop = trials.get(loop) ?? [];
    trials.set(loop, ofLoop);
    const ways = waysFrom(program, node, children);
    for (const [before, round] of roundsOf(twins.map((twin) => turnOf(program, twin))).entries())
      for (const [behind, way] of ways.entries()) ofLoop.push({ node, round, way, rank: before + behind });
  }
  return trials;
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

/** Each turn once, twice, three times, and one behind the other. */
function roundsOf(turns: readonly Way[]): Way[] {
  const joined = (parts: readonly Way[]): Way => ({
    results: parts.flatMap(({ results }) => results),
    operations: parts.flatMap(({ operations }) => operations),
    end: parts[0]?.end ?? 0,
    isBack: true,
  });
  const once = turns.map((turn) => joined([turn]));
  const twice = turns.map((turn) => joined([turn, turn]));
  const thrice = turns.map((turn) => joined([turn, turn, turn]));
  const both = turns.flatMap((one) => turns.filter((other) => other !== one).map((other) => joined([one, other])));
  return [...once, ...twice, ...thrice, ...both].slice(0, mostRounds);
}
