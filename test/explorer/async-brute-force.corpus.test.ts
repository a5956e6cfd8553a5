// The explorer of async tasks against a search of another make, on small programs: the same kind, as few preemptions, of these as
// few steps, and, where nothing fails, as many orders.
import { expect, test } from 'vitest';
import { quickRandom } from '../../runner/drill/random.ts';
import { asyncScenarioText, bruteForce, type Instruction, type SmallAsyncProgram } from './async-brute-force.ts';
import { asyncExplorer } from './async-explored.ts';

const increment: readonly Instruction[] = [
  { do: 'read', cell: 0 },
  { do: 'write', cell: 0, by: 1 },
];
const locked: readonly Instruction[] = [{ do: 'lock' }, ...increment, { do: 'unlock' }];

const hopping: readonly Instruction[] = [{ do: 'get', cell: 0 }, { do: 'hop' }, { do: 'put', cell: 0, by: 1 }];
const readThenHopping: readonly Instruction[] = [{ do: 'read', cell: 1 }, ...hopping];

/** By hand; each with what it must come to, so that both searches cannot err together. */
const byHand: Readonly<Record<string, readonly [kind: string, SmallAsyncProgram]>> = {
  'lost update': ['assertion', { cells: 1, tasks: [increment, increment], final: { cell: 0, is: 2 } }],
  'lost update of three': [
    'assertion',
    { cells: 1, tasks: [increment, increment, increment], final: { cell: 0, is: 3 } },
  ],
  'two increments under a lock': ['passed', { cells: 1, tasks: [locked, locked], final: { cell: 0, is: 2 } }],
  'three increments under a lock': ['passed', { cells: 1, tasks: [locked, locked, locked], final: { cell: 0, is: 3 } }],
  'one of two locks': ['assertion', { cells: 1, tasks: [locked, increment], final: { cell: 0, is: 2 } }],
  'added in one step': [
    'passed',
    { cells: 1, tasks: [[{ do: 'add', cell: 0, by: 1 }], [{ do: 'add', cell: 0, by: 2 }]], final: { cell: 0, is: 3 } },
  ],
  'never unlocked': ['deadlock', { cells: 1, tasks: [locked, [{ do: 'lock' }, ...increment]] }],
  'locked twice': ['deadlock', { cells: 1, tasks: [[{ do: 'lock' }, { do: 'add', cell: 0, by: 1 }, { do: 'lock' }]] }],
  'lost only where both begin in one turn': [
    'assertion',
    { cells: 1, tasks: [hopping, hopping], final: { cell: 0, is: 2 } },
  ],
  'lost only where both are answered in one turn': [
    'assertion',
    { cells: 2, tasks: [readThenHopping, readThenHopping], final: { cell: 0, is: 2 } },
  ],
  'half of two writes': [
    'invariant',
    {
      cells: 2,
      tasks: [
        [
          { do: 'add', cell: 0, by: 1 },
          { do: 'add', cell: 0, by: 1 },
        ],
        [{ do: 'add', cell: 1, by: 1 }],
      ],
      never: { cell: 0, is: 1 },
    },
  ],
  'sold twice': [
    'exception',
    {
      cells: 1,
      tasks: [[...increment, { do: 'read', cell: 0 }, { do: 'throwIf', local: 1 }], [{ do: 'add', cell: 0, by: 1 }]],
    },
  ],
  'the longer sleep writes last': [
    'passed',
    {
      cells: 1,
      tasks: [
        [
          { do: 'sleep', ms: 20 },
          { do: 'throwIf', local: 1 },
        ],
        [
          { do: 'sleep', ms: 10 },
          { do: 'sleep', ms: 10 },
          { do: 'throwIf', local: 1 },
        ],
      ],
    },
  ],
  'a write that takes longer than a sleep': [
    'assertion',
    {
      cells: 1,
      tasks: [
        [{ do: 'write', cell: 0, by: 1 }],
        [
          { do: 'sleep', ms: 1_000 },
          { do: 'write', cell: 0, by: 2 },
        ],
      ],
      final: { cell: 0, is: 2 },
    },
  ],
};

const random = quickRandom('async programs, the second');
const drawn = Object.fromEntries(
  Array.from({ length: 150 }, (_, index) => [`drawn ${index}`, randomAsyncProgram()] as const),
);
const programs: Readonly<Record<string, SmallAsyncProgram>> = {
  ...Object.fromEntries(Object.entries(byHand).map(([name, [, program]]) => [name, program])),
  ...drawn,
};
const fileOf = (name: string): string => `${name.replaceAll(' ', '-')}.js`;
const texts = Object.entries(programs).map(
  ([name, program]) => [fileOf(name), new TextEncoder().encode(asyncScenarioText(program))] as const,
);
const explore = asyncExplorer(new Map(texts));

test.each(Object.entries(byHand))('%s', async (name, [kind, program]) => {
  const { least } = bruteForce(program);
  expect(least ? [...least.kinds].join() : 'passed').toBe(kind);
  await compare(name, program);
});

test('as many drawn programs fail as pass, and in each way', () => {
  const kinds = Object.values(drawn).map((program) => [...(bruteForce(program).least?.kinds ?? ['passed'])]);
  for (const kind of ['passed', 'assertion', 'invariant', 'exception', 'deadlock'])
    expect(kinds.filter((each) => each.includes(kind)).length).toBeGreaterThanOrEqual(5);
});

test('drawn programs', async () => {
  for (const [name, program] of Object.entries(drawn)) await compare(name, program);
});

async function compare(name: string, program: SmallAsyncProgram): Promise<void> {
  const { least, orders } = bruteForce(program);
  const exploration = await explore(fileOf(name));
  const text = asyncScenarioText(program);
  if (exploration.kind === 'unsupported') throw new Error(`${exploration.reason}\n${text}`);
  const found =
    exploration.kind === 'passed'
      ? { orders: exploration.effort.runs }
      : { preemptions: exploration.failure.preemptions, steps: exploration.failure.steps.length };
  const wanted = least ? { preemptions: least.preemptions, steps: least.steps } : { orders };
  expect({ text, bound: exploration.bound, ...found }).toEqual({ text, bound: undefined, ...wanted });
  if (exploration.kind === 'failed') expect([...(least?.kinds ?? [])]).toContain(exploration.failure.kind);
}

function randomAsyncProgram(): SmallAsyncProgram {
  for (;;) {
    const tasks = Array.from({ length: random.int(1, 3) }, () => randomTask());
    const check = { cell: random.int(0, 1), is: random.int(0, 3) };
    const which = random.int(0, 3);
    const program: SmallAsyncProgram = {
      cells: 2,
      tasks,
      ...(which === 1 && { final: check }),
      ...(which === 2 && { never: { ...check, is: Math.max(1, check.is) } }),
    };
    try {
      bruteForce(program, 1_500);
      return program;
    } catch {
      // Too large to go through.
    }
  }
}

function randomTask(): Instruction[] {
  const some = Array.from({ length: random.int(1, 4) }, (): Instruction => {
    const cell = random.int(0, 1);
    switch (random.int(0, 11)) {
      case 0:
      case 1:
        return { do: 'read', cell };
      case 2:
      case 3:
        return { do: 'write', cell, by: random.int(0, 2) };
      case 4:
        return { do: 'add', cell, by: 1 };
      case 5:
        return { do: 'sleep', ms: 10 * random.int(0, 2) };
      case 6:
        return { do: 'throwIf', local: random.int(1, 3) };
      case 7:
        return { do: 'get', cell };
      case 8:
        return { do: 'put', cell, by: random.int(0, 2) };
      case 9:
      case 10:
        return { do: 'hop' };
      default:
        return { do: 'lock' };
    }
  });
  return some.some((each) => each.do === 'lock') && random.int(0, 2) > 0 ? [...some, { do: 'unlock' }] : some;
}
