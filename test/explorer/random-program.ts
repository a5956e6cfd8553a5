// Small programs by chance, the same for the same seed.
import { randomFrom } from '../../runner/kit/random.ts';
import {
  locals,
  type Access,
  type Local,
  type Operand,
  type Pattern,
  type SmallProgram,
  type Statement,
} from './small-program.ts';

/** How likely it is, of 100. */
interface Taste {
  /** plain accesses among all */
  readonly plain: number;
  readonly loops: number;
  readonly sleeps: number;
}

export function randomProgram(seed: string): SmallProgram {
  const random = randomFrom(seed, 'program');
  const chance = (percent: number): boolean => random.int(1, 100) <= percent;
  const pick = <T>(items: readonly T[]): T => items[random.int(0, items.length - 1)] as T;
  const cells = Array.from({ length: random.int(1, 3) }, () => pick([0, 0, 0, 1]));
  const taste: Taste = pick([
    { plain: 0, loops: 35, sleeps: 0 },
    { plain: 0, loops: 30, sleeps: 40 },
    { plain: 0, loops: 0, sleeps: 45 },
    { plain: 20, loops: 25, sleeps: 15 },
    { plain: 50, loops: 0, sleeps: 0 },
  ]);
  const threadCount = pick([2, 2, 2, 3]);
  // With a time limit an endless loop beside it is another matter (the explorer's own tests have it).
  const mayTime = taste.loops === 0;

  const local = (): Local => pick(locals);
  const operand = (): Operand => (chance(30) ? local() : random.int(0, 2));
  const cell = (): number => random.int(0, cells.length - 1);
  const access = (names: readonly Access['do'][]): Access => {
    const name = pick(names);
    return {
      do: name,
      cell: cell(),
      value: name === 'notify' ? random.int(0, 2) : name === 'wait' ? random.int(0, 1) : operand(),
      expected: chance(20) ? local() : random.int(0, 1),
      isTimed: mayTime && name === 'wait' && chance(30),
      into: local(),
    };
  };
  const anyAccess = (mayAdd: boolean): Access => {
    if (chance(taste.sleeps)) return access(['wait', 'notify', 'notify']);
    if (chance(taste.plain)) return access(['read', 'write']);
    const names: Access['do'][] = ['load', 'load', 'store', 'exchange', 'compareExchange'];
    // In an endless loop a cell would grow for ever.
    return access(mayAdd ? [...names, 'add'] : names);
  };
  const simple = (mayAdd: boolean): Statement => {
    const what = random.int(1, 100);
    if (what <= 6) return { do: 'let', into: local(), be: operand() };
    if (what <= 9) return { do: 'raise', into: local(), to: local() };
    if (what <= 12) return { do: 'count', into: local() };
    if (what <= 20) return { do: 'if', local: local(), is: random.int(0, 2), body: [anyAccess(mayAdd)] };
    return anyAccess(mayAdd);
  };
  /** What a thread knows after a round of a loop. */
  const remembered = (): Statement =>
    pick<Statement>([
      { do: 'let', into: local(), be: operand() },
      { do: 'raise', into: local(), to: local() },
      { do: 'count', into: local() },
      access(['load']),
    ]);
  const statement = (): Statement => {
    if (chance(taste.loops))
      return {
        do: 'until',
        access: access(taste.plain > 0 && chance(20) ? ['read'] : ['load', 'compareExchange', 'exchange']),
        isEqual: chance(60),
        is: random.int(0, 1),
        body: Array.from({ length: random.int(0, 2) }, () => (chance(40) ? remembered() : simple(false))),
      };
    if (chance(8)) return { do: 'repeat', times: 2, body: [simple(true)] };
    if (chance(6)) return { do: 'throw', local: local(), is: random.int(1, 2) };
    return simple(true);
  };
  const pattern = (percent: number): Pattern =>
    chance(percent) ? [...new Set([cell(), cell()])].map((each) => ({ cell: each, is: random.int(0, 2) })) : [];
  return {
    cells,
    threads: Array.from({ length: threadCount }, () =>
      Array.from({ length: random.int(1, threadCount === 2 ? 4 : 3) }, statement),
    ),
    never: pattern(25),
    notAtTheEnd: pattern(60),
  };
}
