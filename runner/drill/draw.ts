// Draws a program at random, without a thought for whether its order is forced or its length fits: whoever asks for one
// looks at that (drill.ts) and draws again. It is quicker to throw away than to build only what is right, and the rules of
// what is right then stand in one place each.
import type { Random } from '../kit/random.ts';
import type { Demand, Feature } from './levels.ts';
import type {
  AsyncFunction,
  Body,
  Chain,
  Format,
  Link,
  Made,
  Print,
  Program,
  Statement,
  Value,
  Way,
} from './program.ts';
import { families, functionNames } from './words.ts';

/** What a piece of a program is drawn into. */
interface Place {
  /** how many callbacks may still lie in one another */
  readonly depth: number;
  readonly canAwait: boolean;
  /** the body of a callback: it begins with a line that it prints, more often than not */
  readonly isCallback: boolean;
}

interface Piece {
  readonly feature: Feature | undefined;
  /** how many lines it prints, at least and at most */
  readonly prints: readonly [number, number];
  readonly needsDepth: boolean;
  readonly needsAwait: boolean;
  draw(prints: number, place: Place): Statement[];
}

/** 0 is 1 in Node, so there is no 1 beside it. */
const delays = [0, 0, 0, 5, 10, 20];

/** What programs are mostly made of is drawn twice as often as the rest. */
const everydayFeatures: ReadonlySet<Feature> = new Set([
  'nextTick',
  'setTimeout',
  'setImmediate',
  'readFile',
  'then',
  'executor',
  'await',
]);

export interface Wish {
  /** what should be in it; it is drawn more often than the rest */
  readonly focus: Feature;
  /** how many lines it prints */
  readonly prints: number;
  readonly random: Random;
}

export function drawProgram(demand: Demand, { focus, prints, random }: Wish): Program {
  return new Drawer(demand, focus, random).program(prints);
}

class Drawer {
  readonly #demand: Demand;
  readonly #focus: Feature;
  readonly #random: Random;
  readonly #words: string[];
  readonly #names: string[];
  readonly #functions: AsyncFunction[] = [];
  readonly #format: Format;
  readonly #pieces: readonly Piece[];
  readonly #waits: readonly Piece[];

  constructor(demand: Demand, focus: Feature, random: Random) {
    this.#demand = demand;
    this.#focus = focus;
    this.#random = random;
    this.#words = random.shuffled(this.#one(families));
    this.#names = random.shuffled(functionNames);
    const needsModule = focus === 'await at top level';
    this.#format = needsModule || (demand.may.includes('esm') && random.int(0, 1) === 1) ? 'esm' : 'cjs';
    const { pieces, waits } = this.#allPieces();
    const isAllowed = ({ feature }: Piece) => feature !== undefined && this.#mayUse(feature);
    this.#waits = waits.filter(isAllowed);
    const allowed = [...pieces, ...waits].filter(isAllowed);
    const everyday = allowed.filter(({ feature }) => feature !== undefined && everydayFeatures.has(feature));
    const focused = allowed.filter(({ feature }) => feature === focus);
    const sync: Piece = {
      feature: undefined,
      prints: [1, 1],
      needsDepth: false,
      needsAwait: false,
      draw: () => [this.#print()],
    };
    // What is printed at once is what all else is measured against.
    this.#pieces = [sync, sync, sync, ...allowed, ...everyday, ...focused, ...focused];
  }

  program(prints: number): Program {
    const canAwait = this.#format === 'esm' && this.#mayUse('await at top level') && this.#random.int(0, 2) === 0;
    const depth = this.#demand.depth[1];
    const body = this.#body(prints, {
      depth,
      canAwait: canAwait || this.#focus === 'await at top level',
      isCallback: false,
    });
    return { format: this.#format, functions: this.#functions, body };
  }

  /** Statements that print so many lines in all. */
  #body(prints: number, place: Place): Statement[] {
    // A callback in which nothing is done but to schedule another one is hard to read, and teaches little.
    const printsFirst = place.isCallback && (prints === 1 || this.#random.int(0, 3) > 0);
    const statements: Statement[] = printsFirst ? [this.#print()] : [];
    for (let left = prints - statements.length; left > 0;) {
      const fitting = this.#pieces.filter(
        (piece) =>
          piece.prints[0] <= left && (place.depth > 0 || !piece.needsDepth) && (place.canAwait || !piece.needsAwait),
      );
      const piece = this.#one(fitting);
      const size = Math.min(left, this.#random.int(...piece.prints));
      statements.push(...piece.draw(size, place));
      left -= size;
    }
    return statements;
  }

  #allPieces(): Record<'pieces' | 'waits', Piece[]> {
    const ways = (['nextTick', 'queueMicrotask', 'setImmediate', 'readFile', 'setTimeout'] as const).map(
      (kind): Piece =>
        this.#piece(kind, [1, kind === 'readFile' ? 4 : 3], (prints, place) => [this.#later(kind, prints, place)]),
    );
    const chains = [
      this.#piece('then', [1, 3], (prints, place) => [this.#chain(prints, place, { kind: 'resolved' }, ['then'])]),
      this.#piece('catch', [1, 3], (prints, place) => [
        this.#chain(
          prints,
          place,
          { kind: 'rejected' },
          this.#random.int(0, 1) === 0 ? ['catch', 'then'] : ['finally', 'catch'],
        ),
      ]),
      this.#piece('catch', [2, 3], (prints, place) => [this.#throwing(prints, place)]),
      this.#piece('finally', [1, 3], (prints, place) => [
        this.#chain(prints, place, { kind: 'resolved' }, ['finally', 'then']),
      ]),
      this.#piece('executor', [2, 4], (prints, place) => [this.#executor(prints, place)]),
      this.#piece('promise for promise', [1, 3], (prints, place) => [
        this.#executor(prints, place, { kind: 'resolved' }),
      ]),
    ];
    const calls = [
      this.#piece('await', [2, 4], (prints, place) => [this.#call(prints, place)]),
      this.#piece('await call', [2, 5], (prints, place) => [this.#call(prints, place)]),
    ];
    const waits = [
      this.#wait('await', [0, 0], false, () => this.#one<Value>([{ kind: 'null' }, { kind: 'resolved' }])),
      this.#wait('await call', [1, 3], true, (prints, place) => this.#called(prints, place)),
      this.#wait('await thenable', [1, 2], true, (prints, place) => ({
        kind: 'thenable',
        body: this.#callback(prints, place),
      })),
      this.#wait('await loop', [0, 0], false, () => this.#settledByLoop()),
      this.#wait('promise for promise', [0, 0], false, (_, place) => this.#made(0, place, { kind: 'resolved' })),
      this.#piece('try', [1, 2], (prints, place) => [this.#try(prints, place)], true),
    ];
    return { pieces: [...ways, ...chains, ...calls], waits };
  }

  #piece(feature: Feature, prints: readonly [number, number], draw: Piece['draw'], needsAwait = false): Piece {
    return { feature, prints, needsDepth: true, needsAwait, draw };
  }

  /** An `await`, and something behind it: an await with nothing behind it waits for nobody. */
  #wait(
    feature: Feature,
    [low, high]: readonly [number, number],
    needsDepth: boolean,
    draw: (prints: number, place: Place) => Value,
  ): Piece {
    return {
      feature,
      prints: [low + 1, high + 2],
      needsDepth,
      needsAwait: true,
      draw: (prints, place) => {
        const inside = Math.max(low, Math.min(high, this.#random.int(low, prints - 1)));
        const inner = { depth: place.depth - 1, canAwait: false, isCallback: false };
        return [{ kind: 'await', value: draw(inside, inner) }, ...this.#body(prints - inside, place)];
      },
    };
  }

  #later(kind: Way['kind'], prints: number, place: Place): Statement {
    const way: Way = kind === 'setTimeout' ? { kind, ms: this.#one(delays) } : { kind };
    return { kind: 'later', way, body: this.#callback(prints, place) };
  }

  #callback(prints: number, { depth }: Place): Body {
    return this.#body(prints, { depth: depth - 1, canAwait: false, isCallback: true });
  }

  /** @param kinds of its links, again and again */
  #chain(prints: number, place: Place, start: Value, kinds: readonly Link['kind'][]): Chain {
    const sizes = parts(prints, this.#random);
    const links = sizes.map((size, index): Link => {
      const body = this.#callback(size, place);
      const isLast = index === sizes.length - 1;
      const returns = !isLast && this.#mayUse('promise for promise') && this.#random.int(0, 3) === 0;
      return {
        kind: kinds[index % kinds.length] ?? 'then',
        body: returns ? [...body, { kind: 'return', value: { kind: 'resolved' } }] : body,
      };
    });
    return { kind: 'chain', start, links };
  }

  /** A link that throws, and what catches it. */
  #throwing(prints: number, place: Place): Chain {
    const { start, links } = this.#chain(prints, place, { kind: 'resolved' }, ['then', 'catch']);
    const thrown = (body: Body): Body => [...body.filter(({ kind }) => kind !== 'return'), { kind: 'throw' }];
    return {
      kind: 'chain',
      start,
      links: links.map((link, index) => (index === 0 ? { ...link, body: thrown(link.body) } : link)),
    };
  }

  /** @param value what it resolves with, if with anything */
  #executor(prints: number, place: Place, value?: Value): Chain {
    const inside = this.#random.int(value ? 0 : 1, prints - 1);
    return this.#chain(prints - inside, place, this.#made(inside, place, value), ['then']);
  }

  #made(prints: number, place: Place, value?: Value): Made {
    const before = this.#random.int(0, prints);
    return {
      kind: 'made',
      before: before > 0 ? this.#callback(before, place) : [],
      resolve: { kind: 'now', ...(value ? { value } : {}) },
      after: prints > before ? this.#callback(prints - before, place) : [],
    };
  }

  #settledByLoop(): Made {
    const ways: Way[] = [{ kind: 'setTimeout', ms: this.#one(delays) }, { kind: 'setImmediate' }, { kind: 'nextTick' }];
    return { kind: 'made', before: [], resolve: this.#one(ways), after: [] };
  }

  /** A call that nobody waits for, or whose end a `then` hears of. */
  #call(prints: number, place: Place): Chain {
    const behind = prints > 2 && this.#random.int(0, 2) === 0 ? 1 : 0;
    const start = this.#called(prints - behind, place);
    return behind > 0 ? this.#chain(behind, place, start, ['then']) : { kind: 'chain', start, links: [] };
  }

  /** Declares an async function, and calls it. */
  #called(prints: number, { depth }: Place): Value {
    const name = this.#names.shift() ?? 'run';
    const inner = { depth: depth - 1, canAwait: true, isCallback: false };
    const waiting = this.#random.int(1, prints);
    const wait = this.#one(
      this.#waits.filter((piece) => piece.prints[0] <= waiting && (depth > 1 || !piece.needsDepth)),
    );
    const before = prints > waiting ? this.#body(prints - waiting, inner) : [];
    const body = [...before, ...wait.draw(waiting, inner)];
    const last = body.at(-1);
    const returns = this.#mayUse('promise for promise') && last?.kind === 'print' && this.#random.int(0, 4) === 0;
    const value: Value = { kind: 'resolved' };
    this.#functions.unshift({ name, body: returns ? [...body, { kind: 'return', value }] : body });
    return { kind: 'call', name };
  }

  #try(prints: number, place: Place): Statement {
    const inside = this.#random.int(0, prints - 1);
    const inner = { ...place, depth: place.depth - 1, isCallback: true };
    return {
      kind: 'try',
      body: [...(inside > 0 ? this.#body(inside, inner) : []), { kind: 'await', value: { kind: 'rejected' } }],
      caught: this.#body(prints - inside, inner),
    };
  }

  #print(): Print {
    return { kind: 'print', text: this.#words.shift() ?? '' };
  }

  #mayUse(feature: Feature): boolean {
    return this.#demand.may.includes(feature);
  }

  #one<T>(items: readonly T[]): T {
    const item = items[this.#random.int(0, items.length - 1)];
    if (item === undefined) throw new Error('nothing to choose from');
    return item;
  }
}

/** A number as the sum of three at the most. */
function parts(whole: number, random: Random): number[] {
  const first = random.int(1, Math.min(2, whole));
  const second = whole > first ? random.int(1, Math.min(2, whole - first)) : 0;
  return [first, second, whole - first - second].filter((part) => part > 0);
}
