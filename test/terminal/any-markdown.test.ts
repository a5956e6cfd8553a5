// Whatever somebody wrote into a lesson.md comes out as pages and lines: mistakes are told of, nothing throws, and nothing
// but colours reaches the terminal.
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { readLessonBody } from '../../runner/course/lesson-body.ts';
import { loadLesson } from '../../runner/course/lesson.ts';
import { programsOf } from '../../runner/course/lesson-programs.ts';
import { loadCodeColours } from '../../runner/terminal/code-colours.ts';
import { printedLesson } from '../../runner/terminal/printed-lesson.ts';
import { plainStyle, styleFor } from '../../runner/terminal/style.ts';
import { everyPart, lessonWith, readingRoot } from '../course/reading-fixture.ts';

const cases = 800;
const lesson = loadLesson(everyPart, readingRoot);
const coloured = styleFor({ isTTY: true }, { TERM: 'xterm' });
const colourCode = await loadCodeColours(new Set(['ts', 'js', 'py']), coloured);
const whole = lessonWith().split('\n').slice(8);

/** Pieces that mean something somewhere, and some that mean nothing anywhere. */
const pieces = [
  ...whole,
  '> ',
  '- ',
  '1. ',
  '    ',
  '\t',
  '| ',
  '## ',
  '# ',
  '```',
  '```ts a.ts#b run fails',
  '~~~',
  '<!--',
  '-->',
  '<!-- / -->',
  '<details><summary>Answer</summary>',
  '</details>',
  '**Predict** x',
  '- **a, right.**',
  '- a) ',
  '[a]: b',
  '[a][a]',
  '![a](b)',
  '<!-- when a.b < 1 -->',
  '<!-- end -->',
  '<!-- a.b -->-0.000<!-- / -->',
  `<!-- a.b -->0.${'1'.repeat(300)}<!-- / -->`,
  '***',
  '&nbsp;',
  '\x1b[31m',
  '\u202e',
  '\u0000',
  '\ud800',
  '日本語',
  '😀',
  'e\u0301',
  '\r',
  'x'.repeat(300),
  '`',
  '\\',
  '<a b',
  '|---|:-:|',
];

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The lesson with some lines lost, doubled, moved and joined, and pieces strewn in. */
function anyMarkdown(seed: number): string {
  const random = randomFrom(seed);
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  const lines = random() < 0.5 ? [...whole] : [];
  for (let edit = 0; edit < 1 + random() * 40; edit++) {
    const at = Math.floor(random() * (lines.length + 1));
    const kind = random();
    if (kind < 0.3) lines.splice(at, Math.floor(random() * 3));
    else if (kind < 0.6) lines.splice(at, 0, pick(pieces) ?? '');
    else if (kind < 0.8) lines[at] = `${pick(pieces) ?? ''}${lines[at] ?? ''}`;
    else lines[at] = `${(lines[at] ?? '').slice(0, random() * 80)}${pick(pieces) ?? ''}${pick(pieces) ?? ''}`;
  }
  return lines.join('\n');
}

test(`${cases} texts that are no lessons are read and printed`, () => {
  let problems = 0;
  let questions = 0;
  for (let seed = 0; seed < cases; seed++) {
    const text = anyMarkdown(seed);
    const lineCount = text.split(/\r\n|[\r\n]/).length;
    const body = readLessonBody(text, 9, {
      folder: 'lessons/07-every-part',
      recordedOn: undefined,
      hasDemo: () => false,
    });
    for (const { line } of body.problems) expect(line >= 9 && line < 9 + lineCount, `seed ${seed}`).toBe(true);
    expect(programsOf(body).every(({ line }) => line >= 9)).toBe(true);
    problems += body.problems.length;
    questions += body.pages.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === 'question')).length;
    const columns = [20, 60, 80, 200][seed % 4] ?? 80;
    const style = seed % 3 === 0 ? plainStyle : coloured;
    const measured = seed % 5 === 0 ? () => 10 ** ((seed % 41) - 20) : undefined;
    for (const line of printedLesson(lesson, body, { columns, style, colourCode, measured }))
      expect(stripVTControlCharacters(line), `seed ${seed}`).not.toMatch(/[\p{Cc}\p{Cs}\u202e]/u);
  }
  // The texts are near enough to lessons that their parts are met, and far enough that mistakes are.
  expect(problems).toBeGreaterThan(cases);
  expect(questions).toBeGreaterThan(cases / 10);
});
