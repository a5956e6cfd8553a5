// What a lesson's text names of its demos is there: a number under a wrong name would be the recorded one on every machine.
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadCourse } from '../../runner/course/course.ts';
import { loadLessonBody } from '../../runner/course/lesson-body.ts';
import type { MeasuredRatio, MeasuredVariant } from '../../runner/timing/analysis.ts';
import type { CurveFindings } from '../../runner/timing/curve-findings.ts';
import { type Demo, makeDemo } from '../../runner/timing/demo.ts';
import { measuredNumbers } from '../../runner/timing/measured-numbers.ts';
import { recordedExample } from '../../runner/timing/recorded-example.ts';

const written = loadCourse().lessons.filter(({ isWritten }) => isWritten);

describe.for(written)('$folderName', (lesson) => {
  const { pages, recorded } = loadLessonBody(lesson);

  test('each number is one that its demo measures', async () => {
    const measured = await Promise.all(lesson.demos.map(async ({ name, file }) => numbersOf(name, await load(file))));
    expect([...recorded.keys()].filter((name) => !measured.flat().includes(name))).toEqual([]);
  });

  test('what was recorded for readers without Python is what its demo measures', async () => {
    for (const { file } of lesson.demos) {
      const [{ plan, python }, { recorded }] = [await load(file), recordedExample(file)];
      if (recorded === undefined) continue;
      expect(python.size).toBeGreaterThan(0);
      expect(recorded.machine).toMatch(/^\d+ cores?, \w+, Node \d+\.\d+$/);
      expect(recorded.python.version).toMatch(/^3\.\d+\.\d+$/);
      const namesOf = (named: readonly { name: string }[]) => named.map(({ name }) => name);
      expect(namesOf(recorded.variants)).toEqual(namesOf(plan.variants));
      expect(namesOf(recorded.ratios)).toEqual(namesOf(plan.ratios));
    }
  });

  test('each demo stands in the text', () => {
    const shown = pages.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'demo' ? [block.name] : [])));
    expect(shown.toSorted()).toEqual(lesson.demos.map(({ name }) => name).toSorted());
  });
});

test('the names are those that a run gives', () => {
  const demo = makeDemo({
    title: 'Halves',
    variants: { 'One thread': () => 1, 'two threads': () => 1 },
    check: () => true,
    ratios: { 'speed-up': { of: 'One thread', over: 'two threads', threads: 2 } },
  });
  expect(numbersOf('halves', demo)).toEqual([
    'halves.one-thread',
    'halves.two-threads',
    'halves.speed-up',
    'halves.speed-up-offered',
  ]);
});

async function load(file: string): Promise<Demo> {
  return ((await import(pathToFileURL(file).href)) as { default: Demo }).default;
}

/** `lost-updates.ratio`, without measuring it. */
function numbersOf(demo: string, { plan }: Demo): string[] {
  const variants = plan.variants.map((variant) => ({ ...variant, median: 0 }) as MeasuredVariant);
  const ratios = plan.ratios.map(
    (ratio) => ({ ...ratio, median: 0, offered: ratio.threads && { median: 0 } }) as unknown as MeasuredRatio,
  );
  const ways = plan.curve?.ways.map((name) => ({ name, serialShare: { estimate: { median: 0 } } }));
  const curve = ways ? { curve: { ways } as unknown as CurveFindings } : {};
  return Object.keys(measuredNumbers({ variants, ratios, ...curve })).map((name) => `${demo}.${name}`);
}
