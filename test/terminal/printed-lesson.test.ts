// The lesson that uses everything, as it is printed: at the narrowest terminal that is promised, at the usual one, at a wide
// one; with colours and without.
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { loadLesson } from '../../runner/course/lesson.ts';
import { languagesOf } from '../../runner/course/lesson-programs.ts';
import { loadCodeColours, plainCode } from '../../runner/terminal/code-colours.ts';
import { printedLesson, unwrittenLesson } from '../../runner/terminal/printed-lesson.ts';
import { plainStyle, styleFor, type Style } from '../../runner/terminal/style.ts';
import { displayWidth } from '../../runner/terminal/wrap.ts';
import { everyPart, lessonWith, readingRoot, readText } from '../course/reading-fixture.ts';

const lesson = loadLesson(everyPart, readingRoot);
const body = readText(lessonWith());
const coloured = styleFor({ isTTY: true }, { TERM: 'xterm' });

async function printed(
  columns: number,
  style: Style,
  measured?: (name: string) => number | undefined,
): Promise<string[]> {
  const colourCode = await loadCodeColours(languagesOf(body), style);
  return printedLesson(lesson, body, { columns, style, colourCode, measured });
}

test.for([60, 80, 200])('without colours, at %i columns', async (columns) => {
  const lines = await printed(columns, plainStyle);
  expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
  expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`printed-lesson/plain-${columns}.txt`);
});

test.for([60, 80, 200])('with colours, at %i columns', async (columns) => {
  const lines = await printed(columns, coloured);
  expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
  expect(lines.filter((line) => colourAfter(line).length > 0)).toEqual([]);
  if (columns === 80)
    await expect(`${lines.join('\n')}\n`.replaceAll('\x1b', '^')).toMatchFileSnapshot('printed-lesson/coloured-80.txt');
});

/** What is still switched on at the end of a line. */
function colourAfter(line: string): string[] {
  const ends: Record<string, string[]> = { '39': ['31', '32', '33', '35', '36'], '22': ['1', '2'], '23': ['3'] };
  return line
    .split('\x1b[')
    .slice(1)
    .reduce<string[]>((on, part) => {
      const code = part.slice(0, part.indexOf('m'));
      const ended = ends[code];
      return ended ? on.filter((open) => !ended.includes(open)) : [...on, code];
    }, []);
}

test('colours take away nothing but the marks that stand for them', async () => {
  const words = (lines: string[]) => stripVTControlCharacters(lines.join(' ')).replaceAll(/[\s*`#]/g, '');
  expect(words(await printed(80, coloured))).toBe(words(await printed(80, plainStyle)));
});

test('no answer stands before the last page has ended', async () => {
  const text = (await printed(80, plainStyle)).join('\n');
  const [pages = '', answers = ''] = text.split('\n## Answers\n');
  for (const words of ['Half of the work', 'if starting a thread', 'Zero milliseconds', 'goes on to its end']) {
    expect(pages).not.toContain(words);
    expect(answers).toContain(words);
  }
  expect(pages).not.toContain('right');
});

test('what was measured here takes the place of what was recorded', async () => {
  const numbers: Record<string, number> = { 'halves.part': 0.9632, 'halves.messages': 871.4 };
  const text = (await printed(80, plainStyle, (name) => numbers[name])).join('\n');
  expect(text).toContain('the halves took 0.96 of the whole, and **871\n');
  expect(text).toContain('there is one core for both');
  expect(text).not.toContain('Two cores did that');
  expect(text).not.toContain('measured on another machine');
});

test.for([
  [0, '0'],
  [7, '7'],
  [7.04, '7.0'],
  [871.4, '871'],
  [8_051.4, '8,100'],
  [8_051, '8,051'],
] as const)('%s messages are %s', async ([messages, shown]) => {
  const text = (await printed(80, plainStyle, (name) => (name === 'halves.messages' ? messages : 0.96))).join('\n');
  expect(text.split(/\s+/)).toContain(`**${shown}`);
});

test('one number that was measured leaves the other one as it was recorded', async () => {
  const text = (await printed(80, plainStyle, (name) => (name === 'halves.part' ? 0.5049 : undefined))).join('\n');
  expect(text).toContain('the halves took 0.50 of the whole, and **2,300*\n');
  expect(text).toContain('Two cores did that');
  expect(text).toContain('* measured on another machine: 2 virtual cores, Linux, Node 24.21\n');
});

test('a scenario can be explored from a shell, with store buffers where they are asked for', () => {
  const explored = readText(
    lessonWith(
      ['ask.ts', 'ask.ts explore'],
      ['snippets/answer.worker.ts', 'snippets/answer.worker.ts explore tso fails'],
    ),
  );
  const lines = printedLesson(lesson, explored, { columns: 80, style: plainStyle, colourCode: plainCode });
  const text = lines.join('\n');
  expect(text).toContain('\nTo explore it: npx interleave explore lessons/07-every-part/snippets/ask.ts\n');
  expect(text).toContain(
    '\nTo explore it: npx interleave explore --memory tso \\\n  lessons/07-every-part/snippets/answer.worker.ts\n',
  );
});

test('of a lesson that is not written its promise is shown', () => {
  const later = loadLesson('08-later', readingRoot);
  expect(unwrittenLesson(later, 60, plainStyle)).toEqual([
    'Lesson 08: Later',
    'This lesson is not written yet. What it promises: Say what',
    'comes later, in one long sentence that a terminal of few',
    'columns has to break somewhere.',
  ]);
});
