// The suite of lab 04.1. Callbacks of the real event loop ask for keys that nobody can foresee; in which order things
// happened is the driver's word, and which keys belong together is reckoned here.
import { check, random, subject, test } from 'interleave/kit';
import { keysStay, nothingIsUnheard, oneCall, settled, show, valuesOf } from './batch-checks.ts';
import type * as Driver from './driver.ts';
import type * as Lab from './lab.ts';
import { drawTurn, keysIn, type Key, type Source, type Step } from './turns.ts';

const sources: readonly Source[] = ['timer', 'immediate', 'read'];

test('get brings the value of its key', async () => {
  const draw = drawing();
  const odd = [undefined, null, 0, new Error(draw.word())];
  const plain = draw.keys(3);
  // What a value is, is not for the loader to judge.
  const values = new Map<Key, unknown>(plain.map((key) => [key, draw.word()]));
  const others = draw.keys(odd.length);
  others.forEach((key, index) => values.set(key, odd[index]));
  const keys = [...plain, ...others];
  const report = await runs({
    source: 'timer',
    turns: [[...keys, ...draw.shuffled(keys)].map(get)],
    values: [...values],
  });
  // The plain ones first: what is wrong with them is not due to what the value is.
  for (const some of [plain, others])
    valuesOf({ ...report, asked: report.asked.filter(({ key }) => (some as Key[]).includes(key)) }, values);
});

test('keys asked for in one callback go to one call', async () => {
  const draw = drawing();
  const turns = Array.from({ length: 3 }, () => draw.keys(draw.int(2, 6)).map(get));
  const { report, values } = await runsWithValues(draw, 'read', turns);
  turns.forEach((_, turn) => oneCall(atAnyTime(report), 'read', turn));
  valuesOf(report, values);
});

test('a key is loaded once in a call', async () => {
  const draw = drawing();
  const number = draw.int(1, 99);
  const keys: Key[] = draw.shuffled([number, String(number), ...draw.keys(3)]);
  const odd: Key[] = draw.shuffled([0, '', NaN, ...draw.keys(1)]);
  const turns = [
    [...keys, ...draw.shuffled(keys)],
    [...draw.shuffled(keys), keys[0]!],
    [...odd, ...draw.shuffled(odd)],
  ].map((asks) => asks.map(get));
  const { report, values } = await runsWithValues(draw, 'read', turns);
  turns.forEach((_, turn) => oneCall(atAnyTime(report), 'read', turn));
  valuesOf(report, values);
});

test('load is called before the loop goes on', async () => {
  const draw = drawing();
  for (const source of sources) {
    const turns = Array.from({ length: 4 }, () => draw.keys(draw.int(1, 3)).map(get));
    const { report, values } = await runsWithValues(draw, source, turns);
    turns.forEach((_, turn) => oneCall(report, source, turn));
    valuesOf(report, values);
  }
});

test('what ticks and microtasks ask for belongs to the same call', async () => {
  const draw = drawing();
  const [inCallback, inTick, soon, late] = draw.keys(4).map(get) as [Step, Step, Step, Step];
  const far = draw.int(100, 200);
  const turns: Step[][] = [
    [{ does: 'await', times: 1, steps: [soon] }, inCallback],
    [inCallback, { does: 'tick', steps: [inTick, { does: 'await', times: far, steps: [late] }] }],
    [
      { does: 'await', times: 1, steps: [soon, { does: 'await', times: far, steps: [late] }] },
      { does: 'tick', steps: [inTick] },
    ],
    ...Array.from({ length: 30 }, () => drawTurn(draw.keys(draw.int(2, 6)), draw.int)),
  ];
  for (const source of sources) {
    const { report, values } = await runsWithValues(draw, source, turns);
    turns.forEach((_, turn) => oneCall(report, source, turn));
    valuesOf(report, values);
  }
});

test('other callbacks and other loaders have calls of their own', async () => {
  const draw = drawing();
  const shared = draw.keys(2);
  const turns = Array.from({ length: 3 }, () => [...draw.keys(2), ...shared].map(get));
  const values = draw.valuesOf(turns);
  for (const source of sources) {
    const held = await runs({ source, turns, values: [...values], isHeld: true });
    turns.forEach((_, turn) => oneCall(held, source, turn));
    valuesOf(held, values);
    keysStay(held);
  }
  const mixed = [0, 1].map(() => draw.keys(6).map((key, index): Step => ({ does: 'get', key, loader: index % 2 })));
  const mixedValues = draw.valuesOf(mixed);
  const report = await runs({ source: 'immediate', turns: mixed, loaders: 2, values: [...mixedValues] });
  for (const turn of [0, 1]) for (const loader of [0, 1]) oneCall(report, 'immediate', turn, loader);
  valuesOf(report, mixedValues);
});

test('what is asked for while load runs goes to another call', async () => {
  const draw = drawing();
  for (const source of sources) {
    const keys = draw.keys(6);
    const [inLoad, afterAnswer, next, ...asked] = keys as [Key, Key, Key, ...Key[]];
    const turns = [asked.map(get), [get(next)]];
    const values = draw.valuesOf([keys.map(get)]);
    const report = await runs({
      source,
      turns,
      values: [...values],
      askedInLoad: inLoad,
      askedAfterAnswer: afterAnswer,
    });
    const loads = report.events.filter((event) => event.kind === 'load').map((event) => event.keys);
    const later = loads.slice(1).flat();
    check(JSON.stringify(loads[0]) === JSON.stringify(asked), {
      expected: `a call of load with ${asked.map(show).join(', ')}`,
      happened: `The first one was with ${show(loads[0])}.`,
      look: 'what load is given: the keys that had been asked for when it was called.',
    });
    for (const [key, who] of [
      [inLoad, 'load itself asked for while it ran'],
      [afterAnswer, 'somebody asked for when the first value was there'],
    ] as const) {
      check(later.includes(key), {
        expected: `another call of load with ${show(key)}, which ${who}`,
        happened: `There was none. The calls were with ${loads.map(show).join(', then ')}.`,
        look: 'when a batch is closed, and when the next one begins: before load is called, for from then on nobody can join. What is cleared behind load, or behind its answer, is lost.',
      });
    }
    valuesOf(report, values);
    const turnOf = (turn: number) => report.events.findIndex((event) => event.kind === 'begin' && event.turn === turn);
    const isInTime = report.events
      .slice(0, turnOf(1))
      .filter((event) => event.kind === 'load')
      .flatMap((event) => event.keys as unknown[])
      .includes(inLoad);
    check(isInTime, {
      expected: `the call of load with ${show(inLoad)}, which load itself asked for, before the loop goes on`,
      happened: 'It came after another callback.',
      look: 'whether a batch waits for the answer of the one before it. It need not: both can be under way.',
    });
  }
});

test('an error of load rejects its own keys and no others', async () => {
  const draw = drawing();
  for (const how of ['rejects', 'throws'] as const) {
    const shared = draw.keys(1);
    const turns = Array.from({ length: 3 }, () => [...shared, ...draw.keys(2), ...shared].map(get));
    const values = draw.valuesOf(turns);
    const report = await runs({ source: 'timer', turns, values: [...values], fails: { 1: how }, isHeld: true });
    turns.forEach((_, turn) => oneCall(report, 'timer', turn));
    const failed = report.asked.filter(({ turn }) => turn === 1);
    for (const one of failed) {
      const { key, outcome } = one;
      const expected = `get(${show(key)}) to reject when load ${how === 'throws' ? 'throws in place of returning a promise' : 'rejects'}`;
      settled(one, expected);
      check(outcome.kind === 'rejected', {
        expected,
        happened: `It resolved with ${show(outcome.kind === 'resolved' && outcome.value)}.`,
        look: 'what becomes of the promises when load fails.',
      });
      check(outcome.isTheOne, {
        expected: 'the promise to reject with the very error of load, RangeError: call 2 failed',
        happened: `It rejected with ${outcome.text}, which is another one.`,
        look: 'what you reject with: hand on what you have caught.',
      });
    }
    valuesOf({ ...report, asked: report.asked.filter(({ turn }) => turn !== 1) }, values);
  }
});

/** Runs the turns, and demands what holds in all of them. */
async function runs(plan: Driver.Plan): Promise<Driver.Report> {
  const { driver } = await subject<typeof Lab, typeof Driver>();
  const report = await driver.run(plan);
  nothingIsUnheard(report, Object.values(plan.fails ?? {}).includes('throws'));
  return report;
}

async function runsWithValues(draw: ReturnType<typeof drawing>, source: Source, turns: readonly (readonly Step[])[]) {
  const values = draw.valuesOf(turns);
  return { report: await runs({ source, turns, values: [...values] }), values };
}

/** Without what says that a call was late: there is time enough until the next read. */
function atAnyTime(report: Driver.Report): Driver.Report {
  return { ...report, events: report.events.filter(({ kind }) => kind !== 'next') };
}

function get(key: Key): Step {
  return { does: 'get', key };
}

/** Keys and values that nobody can foresee. */
function drawing() {
  const { int, shuffled } = random();
  const used = new Set<number>();
  const keys = (count: number): number[] =>
    Array.from({ length: count }, () => {
      let key = int(100, 9_999);
      while (used.has(key)) key += 1;
      used.add(key);
      return key;
    });
  const word = (): string => `v${int(1, 1e9)}`;
  const valuesOf = (turns: readonly (readonly Step[])[]): Map<Key, unknown> =>
    new Map(turns.flatMap(keysIn).map((key) => [key, word()]));
  return { int, shuffled, keys, word, valuesOf };
}
