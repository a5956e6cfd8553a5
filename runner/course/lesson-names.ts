// The names in a lesson's text: of demos, of measured numbers, of questions. Each must name something, and mean the same
// wherever it stands. It knows nothing of how they are written down.
import { inlinesOf, type MeasuredNumber } from './blocks.ts';
import { plainBlocksOf, type Page } from './lesson-blocks.ts';
import { demoOf, parseNumber } from './lesson-marks.ts';
import type { Report } from './lesson-prose.ts';

/** What a lesson's text may name. */
export interface Surroundings {
  /** `lessons/14-race-conditions` */
  readonly folder: string;
  /** the machine on which its numbers were recorded */
  readonly recordedOn: string | undefined;
  hasDemo(name: string): boolean;
}

/** What the measured numbers were when the lesson was written, by their names. */
export function recordedNumbers(pages: readonly Page[]): Map<string, number> {
  // Backwards: where there are several, the first one counts.
  return new Map(
    numbersOf(pages)
      .map(({ name, recorded }) => [name, parseNumber(recorded) ?? Number.NaN] as const)
      .toReversed(),
  );
}

export function checkNames(pages: readonly Page[], surroundings: Surroundings, report: Report): void {
  const numbers = numbersOf(pages);
  const conditions = pages.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'when'));
  const demos = pages.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'demo'));
  const named = [
    ...demos,
    ...numbers.map(({ name, line }) => ({ name: demoOf(name), line })),
    ...conditions.map(({ condition, line }) => ({ name: demoOf(condition.name), line })),
  ];
  for (const { name, line } of named)
    if (!surroundings.hasDemo(name)) report(line, `there is no demo ${surroundings.folder}/demos/${name}.ts`);
  for (const { condition, line } of conditions)
    if (!numbers.some(({ name }) => name === condition.name))
      report(line, `the lesson records no ${condition.name}: where nothing was measured, nobody knows if this is so`);
  const [first] = numbers;
  if (first && surroundings.recordedOn === undefined)
    report(first.line, 'the front matter does not say where this was "recorded" (4 cores, Linux, Node 24.21)');
  checkSame(numbers, report);
  checkQuestions(pages, report);
}

function numbersOf(pages: readonly Page[]): MeasuredNumber[] {
  return pages.flatMap(plainBlocksOf).flatMap((block) => inlinesOf(block).filter((inline) => inline.kind === 'number'));
}

/** 39 in one sentence and 39.2 in another are the same number, 39 and 41 are not. */
function checkSame(numbers: readonly MeasuredNumber[], report: Report): void {
  const first = new Map<string, MeasuredNumber>();
  for (const number of numbers) {
    const before = first.get(number.name);
    if (!before) first.set(number.name, number);
    else if (!isSame(before.recorded, number.recorded))
      report(number.line, `${number.name} is ${number.recorded} here and ${before.recorded} on line ${before.line}`);
  }
}

/** `toFixed` refuses more than 100. */
const mostDecimals = 20;

function isSame(one: string, other: string): boolean {
  const decimals = Math.min(decimalsOf(one), decimalsOf(other), mostDecimals);
  return parseNumber(one)?.toFixed(decimals) === parseNumber(other)?.toFixed(decimals);
}

/** How many digits stand behind the point. */
export function decimalsOf(number: string): number {
  return /\.(\d+)$/.exec(number)?.[1]?.length ?? 0;
}

function checkQuestions(pages: readonly Page[], report: Report): void {
  const first = new Map<string, number>();
  for (const { name, line } of pages.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'question'))) {
    const before = first.get(name);
    if (before === undefined) first.set(name, line);
    else report(line, `the question on line ${before} is named ${name}, too`);
  }
}
