// What is drawn of a schedule, on real explorations: that nothing is missing or too wide, and that what is said of the end is so.
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { exploreFile } from '../../runner/explorer/explore-file.ts';
import { explorationLines, failureMessage } from '../../runner/explorer/picture/picture.ts';
import { readToken } from '../../runner/explorer/engine/schedule.ts';
import { plainStyle, styleFor } from '../../runner/terminal/style.ts';
import { displayWidth } from '../../runner/terminal/wrap.ts';
import { explored, scenarioFile, writtenScenario } from './explored.ts';

const head = "import { i32 } from 'interleave/kit/scenario';\n";
/** Two futex mutexes, each taken with 0 -> 1 or 2, as in Drepper's "Futexes are tricky". */
const mutex = `
function lock(word: Int32Array) {
  if (Atomics.compareExchange(word, 0, 0, 1) === 0) return;
  while (Atomics.exchange(word, 0, 2) !== 0) Atomics.wait(word, 0, 2);
}
function unlock(word: Int32Array) {
  if (Atomics.exchange(word, 0, 0) === 2) Atomics.notify(word, 0, 1);
}
`;

const view = (columns: number) => ({ columns, style: plainStyle, cwd: '/' });

async function linesOf(file: string, columns = 80): Promise<string[]> {
  return explorationLines(await explored(file), view(columns));
}

async function textOf(text: string, columns = 80): Promise<string> {
  const lines = await linesOf(writtenScenario(head + text), columns);
  return lines.join('\n').replaceAll(/\s+/g, ' ');
}

test('whoever prints is told where that has gone, and nobody else', async () => {
  const text = `export const threads = 1;
export const setup = () => ({ counter: i32(1) });
export function thread(_id: number, { counter }: ReturnType<typeof setup>) {
  PRINT Atomics.add(counter, 0, 1);
}
export function final({ counter }: ReturnType<typeof setup>) {
  return counter[0] === WANTED;
}
`;
  for (const wanted of ['1', '2']) {
    const said = async (print: string): Promise<string> =>
      textOf(text.replace('PRINT', print).replace('WANTED', wanted));
    expect(await said('console.log(counter[0]);')).toContain('What the code prints is left out');
    expect(await said('// console.log(counter[0]);\n')).not.toContain('prints');
  }
});

test('a lost update is seen at one glance', async () => {
  const file = writtenScenario(
    `${head}export const threads = 2;
export const setup = () => ({ counter: i32(1) });
export function thread(_id: number, { counter }: ReturnType<typeof setup>) {
  Atomics.store(counter, 0, Atomics.load(counter, 0) + 1);
}
export function final({ counter }: ReturnType<typeof setup>) {
  if (counter[0] !== 2) throw new Error(\`it is \${counter[0]}\`);
}
`,
    'lost.ts',
  );
  expect((await linesOf(file, 120)).slice(0, 12)).toEqual([
    'When all threads have ended: it is 1.',
    '',
    '     thread 0                thread 1                        lost.ts',
    '  1  load counter[0]: 0                                      5 Atomics.store(counter, 0, Atomics.load(counter, 0) + 1);',
    '     -- preempted --',
    '  2                          load counter[0]: 0              5 Atomics.store(counter, 0, Atomics.load(counter, 0) + 1);',
    '  3                          store counter[0]: 0 -> 1; ends  5 Atomics.store(counter, 0, Atomics.load(counter, 0) + 1);',
    '  4  store counter[0]: 1 -> 1; ends                          5 Atomics.store(counter, 0, Atomics.load(counter, 0) + 1);',
    '',
    'In memory then: counter[0] is 1.',
    '',
    '4 steps, 1 preemption: no failing schedule has fewer preemptions, and none',
  ]);
});

// Two to three threads, one file and several, 4 to 32 steps, each kind of failure.
const failing = [
  'after-you',
  'bounded-buffer-one-condition',
  'condition-if',
  'condition-without-lock',
  'hyman',
  'lost-update-three',
  'peterson-plain',
  'turns-unequal',
];

test.each(failing)(
  '%s: in each window every step, its value and its source are there, and nothing is too wide',
  async (name) => {
    const outcome = await explored(scenarioFile(name));
    if (outcome.exploration.kind !== 'failed') throw new Error('it does not fail');
    const { failure } = outcome.exploration;
    for (const columns of [60, 72, 80, 100, 120, 160, 200]) {
      const lines = explorationLines(outcome, view(columns));
      const again = lines.pop() ?? '';
      expect(lines.filter((line) => displayWidth(line) >= columns)).toEqual([]);
      const token = readToken(again.split(' ').at(-1) ?? '');
      expect(token?.moves).toEqual(failure.moves);
      const text = lines.join('\n');
      const numbers = lines.flatMap((line) => /^ *(\d+) {2}/.exec(line)?.[1] ?? []);
      expect(numbers).toEqual(failure.steps.map((_, index) => String(index + 1)));
      for (const { operation, places } of failure.steps) {
        expect(text).toContain(`${operation.name} ${outcome.scenario.layout.nameOf(operation.cell)}:`);
        expect(text).toMatch(new RegExp(String.raw`\b${places[0]?.line}\b`));
      }
      const preempted = failure.steps.filter(
        ({ isPreemption }, index) => isPreemption && index < (failure.repeatsFrom ?? Number.POSITIVE_INFINITY),
      );
      expect(text.split('-- preempted --')).toHaveLength(preempted.length + 1);
    }
  },
);

test('a notify that came before the sleep is told from a lock that is held', async () => {
  const lost = (await linesOf(scenarioFile('condition-without-lock'))).join('\n').replaceAll(/\s+/g, ' ');
  expect(lost).toContain('Deadlock, by a lost wake-up: thread 0 sleeps on signals[0]');
  expect(lost).toContain('It had looked at ready[0] in step 1 and seen 0; thread 1 set that to 1 in step 2');
  expect(lost).toContain('The notify on signals[0] had come before (thread 1, step 4), when it did not sleep yet');

  const held = await textOf(`${mutex}
    export const threads = 2;
    export function setup() { return { lockWord: i32(1) }; }
    export function thread(id: number, { lockWord }: ReturnType<typeof setup>) {
      lock(lockWord);
      unlock(lockWord);
      if (id === 0) lock(lockWord);
    }`);
  expect(held).toContain('Deadlock: thread 1 sleeps on lockWord[0], and nobody is left to wake it.');
  expect(held).not.toContain('lost wake-up');
  expect(held).toContain('before that thread 0 had set it to 1');
  expect(held).toContain('and has ended');
});

test('a lock order that goes in a circle is named as one', async () => {
  const text = await textOf(`${mutex}
    export const threads = 2;
    export function setup() { return { a: i32(1), b: i32(1) }; }
    export function thread(id: number, { a, b }: ReturnType<typeof setup>) {
      const [first, second] = id === 0 ? [a, b] : [b, a];
      lock(first); lock(second); unlock(second); unlock(first);
    }`);
  expect(text).toContain('Deadlock, in a circle: thread 0 sleeps on b[0], thread 1 sleeps on a[0]');
  expect(text).toContain('They wait for each other in a circle: thread 0 for thread 1, thread 1 for thread 0.');
});

test('two that sleep on one word are no circle', async () => {
  const lines = await linesOf(scenarioFile('readers-writer-upgrade'));
  expect(lines[0]).toBe('Deadlock: thread 0 sleeps on state[0], thread 1 sleeps on state[0], and');
  expect(lines.join('\n')).not.toMatch(/circle|lost wake-up/);
});

test('a notify that woke another one is said', async () => {
  const text = (await linesOf(scenarioFile('condition-signal-for-broadcast'))).join('\n').replaceAll(/\s+/g, ' ');
  expect(text).toMatch(/It is 1 by now \(thread 0, step \d+\), but the notify of step \d+ woke thread 1 instead\./);
});

test('who sleeps on a word that nobody ever changed is told so', async () => {
  const text = await textOf(`
    export const threads = 1;
    export function setup() { return { bell: i32(1) }; }
    export function thread(_id: number, { bell }: ReturnType<typeof setup>) { Atomics.wait(bell, 0, 0); }`);
  expect(text).toContain('Nobody has changed bell[0]: it is 0, as at the beginning.');
  expect(text).not.toMatch(/circle|lost wake-up/);
});

test('who locks what it has locked itself is told so', async () => {
  const text = await textOf(`${mutex}
    export const threads = 1;
    export function setup() { return { word: i32(1) }; }
    export function thread(_id: number, { word }: ReturnType<typeof setup>) { lock(word); lock(word); }`);
  expect(text).toContain('Nobody but itself has changed word[0]: to 1 in step 1, to 2 in step 3.');
  expect(text).not.toMatch(/circle|lost wake-up/);
});

test('who looked after the last notify, and slept all the same, has lost no wake-up', async () => {
  const text = await textOf(`
    export const threads = 2;
    export function setup() { return { left: i32(1) }; }
    export function thread(id: number, { left }: ReturnType<typeof setup>) {
      if (id === 1) { Atomics.store(left, 0, 1); Atomics.notify(left, 0); return; }
      for (let seen; (seen = Atomics.load(left, 0)) !== 2;) Atomics.wait(left, 0, seen);
    }`);
  expect(text).toMatch(
    /It looked at left\[0\] after that \(step \d\), saw 1 and went to sleep: it waits for another change\./,
  );
  expect(text).not.toContain('lost wake-up');
});

test('who acts on what it saw before it changed has lost its wake-up, also where nobody called notify', async () => {
  const text = await textOf(`
    export const threads = 2;
    export function setup() { return { work: i32(1), asleep: i32(1), bell: i32(1) }; }
    export function thread(id: number, { work, asleep, bell }: ReturnType<typeof setup>) {
      if (id === 1) {
        Atomics.store(work, 0, 1);
        if (Atomics.load(asleep, 0) === 1) { Atomics.store(bell, 0, 1); Atomics.notify(bell, 0); }
        return;
      }
      if (Atomics.load(work, 0) === 1) return;
      Atomics.store(asleep, 0, 1);
      Atomics.wait(bell, 0, 0);
    }`);
  expect(text).toContain('Deadlock, by a lost wake-up: thread 0 sleeps on bell[0]');
  expect(text).toContain(
    'It had looked at work[0] in step 1 and seen 0; thread 1 set that to 1 in step 2, before thread 0 slept.',
  );
});

test('fifty equal steps are told once, and none of them is lost', async () => {
  const text = await textOf(`
    export const threads = 2;
    export function setup() { return { taken: i32(1) }; }
    export function thread(id: number, { taken }: ReturnType<typeof setup>) {
      if (id === 1) { for (let count = 0; count < 50; count++) Atomics.load(taken, 0); throw new Error('given up'); }
      Atomics.store(taken, 0, 1);
    }`);
  expect(text).toMatch(/1 load taken\[0\]: 0 .* \.\.\. 48 times the same, to step 49 50 load taken\[0\]: 0/);
});

test('a race shows both accesses, where they stand, and which of them is plain', async () => {
  const text = (await linesOf(scenarioFile('peterson-plain'))).join('\n').replaceAll(/\s+/g, ' ');
  expect(text).toMatch(/next: (read|write) wants\[1\]/);
  expect(text).toMatch(
    /Thread 0 is about to read wants\[1\] \(peterson-plain\.ts:\d+\), and thread 1 is about to write wants\[1\] = 1/,
  );
  expect(text).toContain('Both accesses are plain.');
});

test('a livelock says from where on it repeats', async () => {
  const lines = await linesOf(scenarioFile('after-you'));
  const rule = lines.findIndex((line) => line.includes('from here on it repeats'));
  expect(lines[rule + 1]).toMatch(/^ *3 /);
  expect(lines.join('\n')).toContain('and so on, again from step 3');
});

test('a loop that looks at no memory is shown where it stood, behind what led there', async () => {
  const file = writtenScenario(`${head}
    export const threads = 1;
    export function setup() { return { go: i32(1) }; }
    export function thread(_id: number, { go }: ReturnType<typeof setup>) {
      let seen = Atomics.load(go, 0);
      while (seen === 0) seen *= 1;
    }`);
  const outcome = await exploreFile(file);
  if (outcome.kind !== 'explored') throw new Error('it was not explored');
  const text = explorationLines(outcome, view(100)).join('\n').replaceAll(/\s+/g, ' ');
  expect(text).toMatch(/1 load go\[0\]: 0/);
  expect(text).toMatch(/loops without end 7 while \(seen === 0\) seen \*= 1;/);
  expect(text).toContain('It was stopped at scenario.ts:7.');
  expect(text).toContain('Its last step in shared memory was step 1');
});

test('a store that is on its way is not said to be there', async () => {
  const outcome = await explored(scenarioFile('peterson-plain'), { memory: 'tso' });
  const text = explorationLines(outcome, view(120)).join('\n');
  expect(text).toMatch(/write wants\[0\]: 1, on its way/);
  expect(text).toMatch(/arrives: wants\[0\]: 0 -> 1/);
  expect(text).toContain('a demonstration');
});

test('a proof says what for, and a bound what was not looked at', async () => {
  const whole = (await linesOf(scenarioFile('peterson'))).join('\n').replaceAll(/\s+/g, ' ');
  expect(whole).toMatch(/^No interleaving of these 2 threads and this script fails: [\d,]+ states, all of them\./);
  expect(whole).toContain('not for others');
  const bounded = explorationLines(await explored(scenarioFile('bounded-buffer'), { mostStates: 500 }), view(80));
  expect(bounded.slice(0, 2).join(' ')).toMatch(
    /^No failure found so far: \d+ states of these 3 threads and this script, and not all of them\./,
  );
  expect(bounded.join('\n')).toContain('--states');
});

test('what learner code says reaches no terminal as a command', async () => {
  const file = writtenScenario(
    `${head}
    export const threads = 1;
    export function setup() { return { 'a\\x1b[31m': i32(1) }; }
    export function thread(_id: number, shared: ReturnType<typeof setup>) {
      const red = '\x1b[31m'; Atomics.load(Object.values(shared)[0]!, 0);
      throw new Error('\\x1b[2Jgone\\u202e' + red);
    }`,
  );
  const text = explorationLines(await explored(file), view(100)).join('\n');
  expect(text).not.toContain('\x1b');
  expect(text).not.toContain('\u202e');
  expect(text).toContain(String.raw`\x1b[2Jgone\u202e`);
});

test('colours change nothing but colours', async () => {
  const outcome = await explored(scenarioFile('condition-if'));
  const coloured = explorationLines(outcome, {
    columns: 100,
    cwd: '/',
    style: styleFor({ isTTY: true }, { FORCE_COLOR: '1' }),
  });
  const plain = explorationLines(outcome, view(100));
  expect(coloured.join('\n')).toContain('\x1b[');
  expect(coloured.map(stripVTControlCharacters)).toEqual(plain);
});

test('a failure message has its prose in whole lines and its picture in indented ones', async () => {
  const message = failureMessage(await explored(scenarioFile('test-then-set')), 77);
  const [first, empty, header] = message.split('\n');
  expect(first).toBe('The invariant does not hold after step 6: 2 are inside.');
  expect(empty).toBe('');
  expect(header).toMatch(/^ +thread 0 +thread 1 +test-then-set\.ts$/);
  expect(message).toContain('In memory then: taken[0] is 1, inside[0] is 2.');
  expect(message).not.toContain('--replay');
  expect(failureMessage(await explored(scenarioFile('peterson')))).toBe('');
});
