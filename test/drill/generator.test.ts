// Ten thousand drills: each is what its level asks for, can be answered, and has one answer.
import { expect, test } from 'vitest';
import { type Drill, makeDrill } from '../../runner/drill/drill.ts';
import { demands, type Feature, featuresOf, type Level, levels } from '../../runner/drill/levels.ts';
import { everyRun } from '../../runner/drill/schedules.ts';
import { functionNames } from '../../runner/drill/words.ts';

const seeds = 2_000;

/** The program without its words: what somebody sees who has seen another one. */
function shapeOf({ fileName, source }: Drill): string {
  const names = new RegExp(`\\b(${functionNames.join('|')})\\b`, 'g');
  return fileName + source.text.replaceAll(/'[A-Za-z]+'/g, '').replaceAll(names, 'f');
}

/** What is wrong with a drill, each in words. */
function problemsOf(drill: Drill): string[] {
  const { source, shuffled, program, run, level } = drill;
  const { prints, lines, may } = demands[level];
  const text = source.text.split('\n').slice(0, -1);
  const isPrintedWhereItStands = run.printed.every(({ print }) =>
    text[(source.lineOf.get(print) ?? 0) - 1]?.includes(`console.log('${print.text}')`),
  );
  const orders = new Set([...everyRun(program)].map(({ printed }) => printed.map(({ print }) => print.text).join(' ')));
  const isWithin = (number: number, [low, high]: readonly [number, number]) => number >= low && number <= high;
  const holds: Readonly<Record<string, boolean>> = {
    'each line is printed once': new Set(drill.lines).size === drill.lines.length,
    'the shuffled lines are the same lines': [...shuffled].sort().join(' ') === [...drill.lines].sort().join(' '),
    'they are not in the order of the answer': shuffled.join(' ') !== drill.lines.join(' '),
    'it prints as many lines as its level asks for': isWithin(drill.lines.length, prints),
    'it is as long as its level asks for': isWithin(text.length, lines),
    'its lines are short': text.every((line) => line.length <= 100),
    'what prints a line stands where it is said to stand': isPrintedWhereItStands,
    'whatever the loop is free to do, it prints the same': orders.size === 1 && orders.has(drill.lines.join(' ')),
    'it is made of what its level may use': [...featuresOf(program)].every((feature) => may.includes(feature)),
  };
  return Object.entries(holds).flatMap(([rule, isSo]) => (isSo ? [] : [`seed ${drill.seed}: not so: ${rule}`]));
}

test.for(levels)('drills of level %i', (level: Level) => {
  const drills = Array.from({ length: seeds }, (_, seed) => makeDrill(seed, level));
  expect(drills.flatMap(problemsOf)).toEqual([]);
  const shapes = drills.map(shapeOf);
  expect(shapes.filter((shape, index) => shape === shapes[index - 1])).toEqual([]);
  // All that a level may use is used, and not just once in a while.
  const uses = (feature: Feature) => drills.filter(({ program }) => featuresOf(program).has(feature)).length;
  expect(demands[level].may.filter((feature) => uses(feature) < seeds / 50)).toEqual([]);
});

test('the same seed and level are the same drill, and no two of them are alike', () => {
  const drills = levels.flatMap((level) => [7, 8].map((seed) => makeDrill(seed, level)));
  const again = levels.flatMap((level) => [7, 8].map((seed) => makeDrill(seed, level)));
  expect(again.map(({ source, shuffled }) => [source.text, shuffled])).toEqual(
    drills.map(({ source, shuffled }) => [source.text, shuffled]),
  );
  expect(new Set(drills.map(shapeOf)).size).toBe(drills.length);
});

test('the greatest seed that can be typed is one, too', () => {
  for (const level of levels) expect(makeDrill(999_999_999_999_999, level).lines.length).toBeGreaterThan(3);
});
