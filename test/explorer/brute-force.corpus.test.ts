// The explorer against a search of another make, on small programs: the same verdict and kind, as few preemptions, and of these
// as few steps. `npm run explore:fuzz` goes on for as long as one likes.
import { expect, test } from 'vitest';
import { bruteForce } from './brute-force.ts';
import { compare, exploreText } from './compare.ts';
import { randomProgram } from './random-program.ts';
import { scenarioText, type Access, type SmallProgram, type Statement } from './small-program.ts';

const lock: Statement = until(access('compareExchange', 0, { expected: 0, value: 1 }), 0);
const unlock = access('store', 0, { value: 0 });
const increment: readonly Statement[] = [
  access('read', 1, { into: 'b' }),
  { do: 'let', into: 'c', be: 1 },
  { do: 'if', local: 'b', is: 1, body: [{ do: 'let', into: 'c', be: 2 }] },
  access('write', 1, { value: 'c' }),
];
const takesFirst = (first: number, second: number): Statement[] => [
  until(access('exchange', first, { value: 1 }), 0),
  until(access('exchange', second, { value: 1 }), 0),
  access('store', second, { value: 0 }),
  access('store', first, { value: 0 }),
];

/** By hand; each with what it must come to, so that both searches cannot err together. */
const programs: Readonly<Record<string, readonly [kind: string, SmallProgram]>> = {
  'lost update': ['assertion', program([0, 0], [increment, increment], { notAtTheEnd: [{ cell: 1, is: 1 }] })],
  'counter under a lock': [
    'passed',
    program(
      [0, 0],
      [
        [lock, ...increment, unlock],
        [lock, ...increment, unlock],
      ],
      { notAtTheEnd: [{ cell: 1, is: 1 }] },
    ),
  ],
  'counter that one of two locks': [
    'assertion',
    program([0, 0], [[lock, ...increment, unlock], increment], { notAtTheEnd: [{ cell: 1, is: 1 }] }),
  ],
  'two locks in opposite order, spinning': ['livelock', program([0, 0], [takesFirst(0, 1), takesFirst(1, 0)])],
  'lost wake-up': [
    'deadlock',
    program(
      [0, 0],
      [
        [access('load', 0), { do: 'if', local: 'a', is: 0, body: [access('wait', 1, { value: 0 })] }],
        [access('store', 0, { value: 1 }), access('notify', 1, { value: 1 })],
      ],
    ),
  ],
  'a word that changes before the wake-up': [
    'passed',
    program(
      [0],
      [[access('wait', 0, { value: 0 })], [access('store', 0, { value: 1 }), access('notify', 0, { value: 1 })]],
    ),
  ],
  'one wake-up for two sleepers': [
    'deadlock',
    program(
      [0],
      [
        [access('wait', 0, { value: 0 })],
        [access('wait', 0, { value: 0 })],
        [access('notify', 0, { value: 2 }), access('store', 0, { value: 1 }), access('notify', 0, { value: 1 })],
      ],
    ),
  ],
  'a wait with a time limit': [
    'passed',
    program([0], [[access('wait', 0, { value: 0, isTimed: true })], [access('load', 0)]]),
  ],
  'a time limit that runs out only where nobody else goes on': [
    'passed',
    program(
      [0, 0],
      [
        [access('wait', 0, { value: 0, isTimed: true }), { do: 'throw', local: 'a', is: 2 }],
        [until(access('load', 1), 0), access('store', 0, { value: 1 }), access('notify', 0, { value: 1 })],
      ],
    ),
  ],
  'both in the critical section': [
    'invariant',
    program(
      [0, 0],
      [
        [
          access('load', 0),
          { do: 'if', local: 'a', is: 0, body: [access('add', 1, { value: 1 })] },
          access('store', 0, { value: 1 }),
          access('add', 1, { value: 0 }),
        ],
        [access('load', 0), { do: 'if', local: 'a', is: 0, body: [access('add', 1, { value: 1 })] }],
      ],
      { never: [{ cell: 1, is: 2 }] },
    ),
  ],
  'a plain flag': ['race', program([0], [[access('write', 0, { value: 1 })], [until(access('read', 0), 1)]])],
  'a compareExchange in vain beside a plain read': [
    'passed',
    program([1], [[access('read', 0)], [access('compareExchange', 0, { expected: 0, value: 2 })]]),
  ],
  'a loop that remembers that it had to wait': [
    'assertion',
    program(
      [0, 0],
      [
        [until(access('load', 0), 1, [{ do: 'let', into: 'b', be: 2 }]), access('store', 1, { value: 'b' })],
        [access('store', 0, { value: 1 })],
      ],
      { notAtTheEnd: [{ cell: 1, is: 2 }] },
    ),
  ],
  'a loop that remembers what it read last': [
    'assertion',
    program(
      [0, 0, 0],
      [
        [until(access('load', 0), 1, [access('load', 1, { into: 'b' })]), access('store', 2, { value: 'b' })],
        [access('store', 1, { value: 2 }), access('store', 0, { value: 1 })],
      ],
      { notAtTheEnd: [{ cell: 2, is: 2 }] },
    ),
  ],
  'a loop that remembers the greatest that it read': [
    'assertion',
    program(
      [0, 0, 0],
      [
        [
          until(access('load', 0), 1, [access('load', 1, { into: 'b' }), { do: 'raise', into: 'c', to: 'b' }]),
          access('store', 2, { value: 'c' }),
        ],
        [access('store', 1, { value: 2 }), access('store', 1, { value: 1 }), access('store', 0, { value: 1 })],
      ],
      {
        notAtTheEnd: [
          { cell: 2, is: 2 },
          { cell: 1, is: 1 },
        ],
      },
    ),
  ],
  'two rounds of a loop': [
    'exception',
    program(
      [0],
      [
        [until(access('load', 0, { into: 'a' }), 1, [{ do: 'count', into: 'b' }]), { do: 'throw', local: 'b', is: 2 }],
        [access('store', 0, { value: 1 })],
      ],
    ),
  ],
};

test.for(Object.entries(programs))('%s', async ([, [kind, program]]) => {
  const { kinds } = bruteForce(program);
  expect([...(kinds ?? ['passed'])]).toEqual([kind]);
  expect(await compare(program)).toEqual({ disagreement: undefined, agreed: kind });
});

const chunks = 10;
const perChunk = 16;

test.for(Array.from({ length: chunks }, (_, chunk) => chunk))('random programs, part %i', async (chunk) => {
  const agreed = new Map<string, number>();
  for (let number = 0; number < perChunk; number += 1) {
    const program = randomProgram(`interleave ${chunk} ${number}`);
    const comparison = await compare(program, chunk % 2 === 0 ? {} : { mostPreemptions: 0 });
    if (comparison.disagreement) expect.fail(`${comparison.disagreement}\n${scenarioText(program)}`);
    agreed.set(comparison.agreed, (agreed.get(comparison.agreed) ?? 0) + 1);
  }
  // No part is all of one kind: then it would compare nothing.
  expect(agreed.size).toBeGreaterThan(1);
});

test('what comes when a number of rounds counts is refused, with its line', async () => {
  const exploration = await exploreText(
    scenarioText(
      program(
        [0],
        [
          [
            until(access('load', 0, { into: 'a' }), 1, [{ do: 'count', into: 'b' }]),
            access('store', 0, { value: 'b' }),
          ],
          [access('store', 0, { value: 1 })],
        ],
      ),
    ),
  );
  expect(exploration).toMatchObject({ kind: 'unsupported', line: 12, reason: expect.stringContaining('how often') });
});

function access(name: Access['do'], cell: number, rest: Partial<Access> = {}): Access {
  return { do: name, cell, value: 0, expected: 0, isTimed: false, into: 'a', ...rest };
}

function until(test: Access, is: number, body: readonly Statement[] = []): Statement {
  return { do: 'until', access: test, isEqual: true, is, body };
}

function program(
  cells: readonly number[],
  threads: readonly (readonly Statement[])[],
  { never = [], notAtTheEnd = [] }: Partial<SmallProgram> = {},
): SmallProgram {
  return { cells, threads, never, notAtTheEnd };
}
