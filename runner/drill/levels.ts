// What each level asks for: how long its programs are, what they are made of, and how far their order is from the order
// of the text. It knows nothing of how a program is drawn.
import { type Node, type Program, nodesOf } from './program.ts';

export const levels = [1, 2, 3, 4, 5] as const;
export type Level = (typeof levels)[number];

/** What a program can be made of, as far as its difficulty is concerned. */
export type Feature =
  | 'nextTick'
  | 'queueMicrotask'
  | 'setTimeout'
  | 'setImmediate'
  | 'readFile'
  | 'then'
  | 'catch'
  | 'finally'
  | 'executor'
  | 'await'
  | 'await call'
  | 'await thenable'
  | 'await loop'
  | 'await at top level'
  | 'promise for promise'
  | 'try'
  | 'esm';

export interface Demand {
  /** how many lines are printed, at least and at most */
  readonly prints: readonly [number, number];
  /** the same for lines of source text, empty ones included */
  readonly lines: readonly [number, number];
  /** how deep callbacks lie in one another */
  readonly depth: readonly [number, number];
  /** how often what is printed next stands above what was printed before */
  readonly turnsBack: number;
  readonly may: readonly Feature[];
  /** all of these are in it */
  readonly must: readonly Feature[];
  /** each seed takes one of these, so that none becomes rare */
  readonly focus: readonly Feature[];
}

const first: readonly Feature[] = ['setTimeout', 'then', 'queueMicrotask'];
const second: readonly Feature[] = [...first, 'nextTick', 'executor', 'await'];
const third: readonly Feature[] = [...second, 'setImmediate', 'catch', 'finally', 'try', 'await call', 'esm'];
const fourth: readonly Feature[] = [
  ...third,
  'readFile',
  'await thenable',
  'await loop',
  'await at top level',
  'promise for promise',
];

export const demands: Readonly<Record<Level, Demand>> = {
  1: {
    prints: [4, 5],
    lines: [6, 14],
    depth: [1, 1],
    turnsBack: 1,
    may: first,
    must: ['setTimeout'],
    focus: ['then', 'then', 'queueMicrotask'],
  },
  2: {
    prints: [5, 6],
    lines: [6, 18],
    depth: [1, 2],
    turnsBack: 1,
    may: second,
    must: [],
    focus: ['nextTick', 'executor', 'await', 'then'],
  },
  3: {
    prints: [5, 7],
    lines: [8, 22],
    depth: [1, 2],
    turnsBack: 2,
    may: third,
    must: [],
    focus: ['setTimeout', 'setImmediate', 'catch', 'finally', 'try', 'await call', 'nextTick', 'await'],
  },
  4: {
    prints: [6, 8],
    lines: [10, 25],
    depth: [2, 3],
    turnsBack: 2,
    may: fourth,
    must: [],
    focus: [
      'setTimeout',
      'readFile',
      'await thenable',
      'await loop',
      'await at top level',
      'promise for promise',
      'nextTick',
    ],
  },
  5: {
    prints: [7, 9],
    lines: [14, 25],
    depth: [2, 4],
    turnsBack: 3,
    may: fourth,
    must: [],
    focus: [
      'setTimeout',
      'readFile',
      'await thenable',
      'await loop',
      'await at top level',
      'promise for promise',
      'setImmediate',
      'finally',
    ],
  },
};

export function featuresOf(program: Program): ReadonlySet<Feature> {
  const found = new Set<Feature>();
  if (program.format === 'esm') found.add('esm');
  for (const statement of program.body) if (statement.kind === 'await') found.add('await at top level');
  for (const { node } of nodesOf(program)) for (const feature of featuresOfNode(node)) found.add(feature);
  return found;
}

function featuresOfNode(node: Node): Feature[] {
  if (!('kind' in node)) return [];
  switch (node.kind) {
    case 'later':
      return [node.way.kind];
    case 'then':
    case 'catch':
    case 'finally':
    case 'try':
      return [node.kind];
    case 'made':
      if (node.resolve.kind !== 'now') return ['await loop'];
      return node.resolve.value ? ['executor', 'promise for promise'] : ['executor'];
    case 'return':
      return ['promise for promise'];
    case 'await':
      if (node.value.kind === 'call') return ['await', 'await call'];
      return node.value.kind === 'thenable' ? ['await', 'await thenable'] : ['await'];
    default:
      return [];
  }
}

/** Whether it has what the level and the seed ask for, and nothing besides. */
export function hasFeatures(program: Program, { may, must }: Demand, focus: Feature): boolean {
  const found = featuresOf(program);
  return (
    [...must, focus].every((feature) => found.has(feature)) && [...found].every((feature) => may.includes(feature))
  );
}
