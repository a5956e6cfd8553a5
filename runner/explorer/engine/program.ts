// What is known of the threads' code: for each thread a tree, from what its operations gave back so far to what it does next.
// Code is run only for a node that nobody has asked for before. A node that provably goes on like an earlier one of its
// branch (a spin loop, a checkpoint) is that one, so that the tree of a thread that spins is finite.
import { codeOf, mixed, type Said, type Told as ToldByOne } from '../guest/replay.ts';
import { placesKey } from './keys.ts';
import { ended, refused, thrown } from './next.ts';
import type { Operation, Place, Result } from './operation.ts';
import { ProgramTree, standingOf, type Origin } from './program-tree.ts';

/** A run of a thread's code, from its beginning. */
export interface ThreadQuestion {
  /** what its operations give back, in order */
  readonly results: readonly Result[];
  /** checkpoints to pass behind the last result */
  readonly passed?: number;
  /** the bytes of memory to go on with by itself, and how many operations at most */
  readonly ahead?: { readonly memory: Uint8Array; readonly most: number };
}

/** What a run told; the checksum is over the operations that all the results were given to. */
export type Told = Omit<ToldByOne, 'took'>;

export type AskThread = (question: ThreadQuestion) => Promise<Told | Hung>;

/** It did not come back to another operation. */
export interface Hung {
  readonly kind: 'hung';
  /** where it was when it was stopped, as far as that can be known */
  readonly places: readonly Place[];
}

/** An operation of a branch and what it gave back, both interned. */
interface Turn {
  readonly operation: number;
  readonly result: number;
  readonly standing: string;
}

/** A thread has come back to an earlier node: `via`, behind `parent`, leads there and not to a node of its own. */
export interface Twin {
  readonly of: number;
  readonly parent: number;
  readonly via: number;
}

/** What a thread keeps of its rounds of a loop: what it has met there, or each single round. */
export type LoopMemory = 'met' | 'rounds';

/** A loop that gives the same results so many times is taken to go on for ever. */
const spinTurns = 200;
const fewSpinTurns = 12;
/** Earlier nodes of a branch that a new one is compared with; and in a loop in which more is remembered. */
const mostCandidates = 4;
const mostRemembered = 16;
/** Rounds of a loop whose number counts: what comes behind them is cut. */
const mostCounted = 8;
/** Where a thread was looked at so often for a circle and went on each time, only these turns of a branch are looked at. */
const mostVainLooks = 50;
const seldomLooks: ReadonlySet<number> = new Set([16, 32, 64, 128, 256]);
/** Operations that a run does by itself, so that not every one of them costs a question. */
const mostAhead = 200;

const differs = 'it does not do the same each time that it is run with the same results';

export class Program extends ProgramTree {
  readonly threads: number;
  readonly #ask: readonly AskThread[];
  readonly #mostOperations: number;
  /** thread, place and key of a checkpoint -> the node behind it */
  readonly #checkpoints = new Map<string, number>();
  /** Threads that once did not come back when they went on by themselves. */
  readonly #haveHung = new Set<number>();
  /** Stands at which so many turns take too long. */
  readonly #slow = new Set<string>();
  /** Stand -> how often nobody went round in a circle there, since somebody did. */
  readonly #vainLooks = new Map<string, number>();
  /** What was taken for an earlier node. */
  readonly twins: Twin[] = [];
  readonly #loops: ReadonlyMap<string, LoopMemory>;
  /** Whether some thread can come back to where it was: without that no run is endless. */
  hasLoops = false;
  /** How often the code was run. */
  runs = 0;

  /**
   * @param ask one for each thread
   * @param mostOperations of one thread in a branch; what comes behind is cut
   * @param loops by their names (`loopAt`), those in which a thread remembers how it went round
   */
  constructor(ask: readonly AskThread[], mostOperations: number, loops: ReadonlyMap<string, LoopMemory> = new Map()) {
    super();
    this.threads = ask.length;
    this.#ask = ask;
    this.#mostOperations = mostOperations;
    this.#loops = loops;
  }

  /** Whether a thread that hears these results does these operations, and then what it does at a node. */
  async goes(
    thread: number,
    results: readonly Result[],
    operations: readonly Operation[],
    end: number,
  ): Promise<boolean> {
    const { next, standing } = this.at(end);
    if (next.kind === 'hung' || next.kind === 'refused') return true;
    const told = await this.#run(thread, { results });
    if (isHung(told)) return false;
    let checksum = 0;
    for (const operation of operations) checksum = mixed(checksum, codeOf(operation));
    if (told.checksum !== checksum) return false;
    const { said } = told;
    if (next.kind === 'cut' || said.kind === 'checkpoint') return true;
    if (said.kind === 'answer') return next.kind === (said.isThrown ? 'threw' : 'ended');
    if (said.kind !== 'operation') return false;
    return standingOf(this.operations.number(said.operation), said.places) === standing;
  }

  /** @param memory as the thread sees it at its beginning */
  async root(thread: number, memory: Uint8Array): Promise<number> {
    return this.#explore({ thread, parent: -1, via: -1, depth: 0, checksum: 0 }, [], memory);
  }

  /** Runs the code of the node's thread to find out what follows `result`; `child` knows it then. */
  async learn(node: number, result: number, memory: Uint8Array): Promise<void> {
    const { thread, depth } = this.at(node);
    const origin = { thread, parent: node, via: result, depth: depth + 1, checksum: this.checksumAfter(node) };
    const child = await this.#explore(origin, [...this.historyOf(node), this.results.at(result)], memory);
    this.link(node, result, child);
  }

  async #explore(origin: Origin, results: readonly Result[], memory: Uint8Array): Promise<number> {
    if (origin.depth >= this.#mostOperations) return this.add(origin, { kind: 'cut' }, []);
    const { thread } = origin;
    if (!this.#haveHung.has(thread)) {
      const told = await this.#run(thread, { results, ahead: { memory, most: mostAhead } });
      if (!isHung(told)) return this.#take(origin, results, told);
      // By itself it may have come further before it hung; and each time takes as long as a run may.
      this.#haveHung.add(thread);
    }
    const once = await this.#run(thread, { results });
    return isHung(once) ? this.add(origin, { kind: 'hung' }, once.places) : this.#take(origin, results, once);
  }

  /**
   * Makes nodes of what was told, as far as it is new.
   * @param passed checkpoints that the run has passed since the last result
   * @returns the first of them, or the earlier node that it is
   */
  async #take(origin: Origin, results: readonly Result[], told: Told, passed = 0): Promise<number> {
    if (told.checksum !== origin.checksum) return this.add(origin, refused(differs), []);
    const heard = [...results];
    let at = origin;
    let first = -1;
    const link = (node: number): void => {
      if (first < 0) first = node;
      else this.link(at.parent, at.via, node);
    };
    for (const { operation, places, result } of told.ahead) {
      const size = this.size();
      const node = await this.#operation(at, operation, places, heard);
      link(node);
      // What lies behind an earlier node is that one's matter; behind a cut nothing is looked at.
      if (node < size || this.operation(node) < 0) return first;
      heard.push(result);
      const via = this.results.number(result);
      at = { thread: at.thread, parent: node, via, depth: at.depth + 1, checksum: this.checksumAfter(node) };
    }
    link(await this.#said(at, told.said, heard, told.ahead.length === 0 ? passed : 0));
    return first;
  }

  async #said(origin: Origin, said: Said, heard: readonly Result[], passed: number): Promise<number> {
    switch (said.kind) {
      case 'operation':
        return this.#operation(origin, said.operation, said.places, heard);
      case 'checkpoint':
        return this.#checkpoint(origin, said, heard, passed);
      case 'refusal':
        return this.add(origin, { kind: 'refused', reason: said.reason, file: said.file, line: said.line }, []);
      case 'answer':
        return this.add(origin, said.isThrown ? thrown(said.value) : ended(said.value), said.places ?? []);
      case 'call':
        return this.add(origin, refused('it calls what is not there'), []);
    }
  }

  /** Two runs that come to the same checkpoint are one from there on. @returns the node behind it */
  async #checkpoint(
    origin: Origin,
    { key, places }: Extract<Said, { kind: 'checkpoint' }>,
    heard: readonly Result[],
    passed: number,
  ): Promise<number> {
    const name = `${origin.thread} ${placesKey(places)} ${key}`;
    const known = this.#checkpoints.get(name);
    if (known !== undefined) {
      this.hasLoops = true;
      return known;
    }
    const told = await this.#run(origin.thread, { results: heard, passed: passed + 1 });
    const node = isHung(told)
      ? this.add(origin, { kind: 'hung' }, told.places)
      : await this.#take(origin, heard, told, passed + 1);
    this.#checkpoints.set(name, node);
    return node;
  }

  async #operation(
    origin: Origin,
    operation: Operation,
    places: readonly Place[],
    heard: readonly Result[],
  ): Promise<number> {
    const standing = standingOf(this.operations.number(operation), places);
    const memory = this.#loops.get(`${origin.thread} ${standing}`);
    const turns = memory ? this.#turns(origin, standing) : [];
    if (memory === 'rounds' && turns.length >= mostCounted) return this.add(origin, { kind: 'cut' }, []);
    const earlier = memory === 'rounds' ? undefined : await this.#earlier(origin, standing, heard, memory && turns);
    return earlier ?? this.add(origin, { kind: 'operation', operation }, places);
  }

  /**
   * The node of the same branch that the thread has come back to, when it is one that it goes on from in the same way.
   * @param turns where it remembers them, those of this branch
   */
  async #earlier(
    origin: Origin,
    standing: string,
    heard: readonly Result[],
    turns: readonly string[] | undefined,
  ): Promise<number | undefined> {
    const turn: Turn[] = [];
    let { via } = origin;
    let candidates = 0;
    const vainLooks = this.#vainLooks.get(standing) ?? 0;
    // A look costs a run of some hundred operations. A loop that is gone through eight times has as many branches as results.
    if (!turns && vainLooks >= mostVainLooks && !seldomLooks.has(this.#turns(origin, standing).length))
      return undefined;
    for (let at = origin.parent; at >= 0; at = this.at(at).parent) {
      const node = this.at(at);
      turn.unshift({ operation: node.operation, result: via, standing: node.standing });
      if (node.standing === standing) {
        candidates += 1;
        if (candidates > (turns ? mostRemembered : mostCandidates)) break;
        const isNew = turns !== undefined && !areOld(turns, candidates);
        if (!isNew && (await this.#goesOnTheSame(origin, standing, turn, heard))) {
          this.#vainLooks.delete(standing);
          this.hasLoops = true;
          this.twins.push({ of: at, parent: origin.parent, via: origin.via });
          return at;
        }
      }
      ({ via } = node);
    }
    if (candidates > 0) this.#vainLooks.set(standing, vainLooks + 1);
    return undefined;
  }

  /** The turns by which a branch has come back to where it stands now, the last one first. */
  #turns(origin: Origin, standing: string): string[] {
    const turns: string[] = [];
    let turn: string[] = [];
    let { via } = origin;
    for (let at = origin.parent; at >= 0; at = this.at(at).parent) {
      const node = this.at(at);
      turn.unshift(`${node.operation} ${via}`);
      if (node.standing === standing) {
        turns.push(turn.join());
        turn = [];
      }
      ({ via } = node);
    }
    return turns;
  }

  /** Feeds the results of a turn again and again: does the code do the same operations each time? */
  async #goesOnTheSame(
    origin: Origin,
    standing: string,
    turn: readonly Turn[],
    heard: readonly Result[],
  ): Promise<boolean> {
    // What waits longer from turn to turn does not come to the two hundredth, and is asked for fewer from then on.
    const fed = this.#slow.has(standing) ? fewSpinTurns : spinTurns;
    const results = [...heard];
    let { checksum } = origin;
    const turns = Math.ceil(fed / turn.length);
    for (let count = 0; count < turns; count += 1) {
      for (const { operation, result } of turn) {
        results.push(this.results.at(result));
        checksum = mixed(checksum, codeOf(this.operations.at(operation)));
      }
    }
    const stands = (told: Told | Hung, where: string): boolean =>
      !isHung(told) &&
      told.said.kind === 'operation' &&
      standingOf(this.operations.number(told.said.operation), told.said.places) === where;
    const told = await this.#run(origin.thread, { results });
    if (isHung(told) && !this.#slow.has(standing)) {
      this.#slow.add(standing);
      return this.#goesOnTheSame(origin, standing, turn, heard);
    }
    if (isHung(told) || told.checksum !== checksum || !stands(told, standing)) return false;
    // The sum knows no places: where an operation is done in more than one of them, each is looked at.
    if (new Set(turn.map(({ operation }) => operation)).size === turn.length) return true;
    for (const [index, { result }] of turn.slice(0, -1).entries()) {
      results.push(this.results.at(result));
      if (!stands(await this.#run(origin.thread, { results: [...results] }), turn[index + 1]?.standing ?? ''))
        return false;
    }
    return true;
  }

  #run(thread: number, question: ThreadQuestion): Promise<Told | Hung> {
    this.runs += 1;
    return (this.#ask[thread] as AskThread)(question);
  }
}

function isHung(told: Told | Hung): told is Hung {
  return 'kind' in told;
}

/** Whether of these turns the first `count` bring nothing new after those behind them, and end as those do. */
function areOld(turns: readonly string[], count: number): boolean {
  const before = turns.slice(count);
  return before[0] === turns[0] && turns.slice(0, count).every((turn) => before.includes(turn));
}
