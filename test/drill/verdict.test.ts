// The verdict on an answer: what Node prints counts, whatever the model says.
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CourseError } from '../../runner/course/course-error.ts';
import { type Drill, makeDrill } from '../../runner/drill/drill.ts';
import { judgeAnswer } from '../../runner/drill/verdict.ts';
import { temporaryFolder } from '../course/course-fixture.ts';

const { env } = process;
const drill = makeDrill(12, 4);

function swapped(lines: readonly string[], at: number): string[] {
  return lines.with(at, lines[at + 1] ?? '').with(at + 1, lines[at] ?? '');
}

function withText(text: string): Drill {
  return { ...drill, source: { ...drill.source, text } };
}

test('a right answer', async () => {
  expect(await judgeAnswer(drill, drill.lines, { env })).toEqual({
    answer: drill.lines,
    printed: drill.lines,
    mistake: undefined,
  });
});

test('a wrong answer: where, why, and what the tracer saw from the one line to the other', async () => {
  const at = 2;
  const { mistake } = await judgeAnswer(drill, swapped(drill.lines, at), { env });
  const [came, expected] = [drill.lines[at], drill.lines[at + 1]];
  expect(mistake).toMatchObject({ place: at, came, expected });
  expect(mistake?.reason.join(' ')).toContain(`"${came}" is printed by`);
  const printed = mistake?.events.map(({ output }) => output).join('') ?? '';
  expect(printed).toContain(`${came}\n`);
  expect(printed).toContain(`${expected}\n`);
});

test('where the model is wrong, Node is right, and no reason is made up', async () => {
  const mistaken: Drill = { ...drill, lines: swapped(drill.lines, 1) };
  expect(await judgeAnswer(mistaken, drill.lines, { env })).toMatchObject({ mistake: undefined });
  const { mistake } = await judgeAnswer(mistaken, mistaken.lines, { env });
  expect(mistake).toMatchObject({ place: 1, came: drill.lines[1], expected: drill.lines[2], reason: [] });
});

test.each([
  ['that fails', "console.log('a');\nthrow new Error('oh');\n", /It ended with exit code 1\./],
  ['that prints something else', "console.log('a');\n", /did not run as it should\.$/],
])('a program %s is no wrong answer', async (_what, text, message) => {
  const judged = judgeAnswer(withText(text), drill.lines, { env });
  await expect(judged).rejects.toThrow(CourseError);
  await expect(judged).rejects.toMatchObject({ message: expect.stringMatching(message), exitCode: 3 });
});

test('stopped in the middle, it leaves no folder behind', async () => {
  const tmp = temporaryFolder();
  const before = process.env.TMPDIR;
  process.env.TMPDIR = tmp;
  try {
    const stop = new AbortController();
    const judged = judgeAnswer(withText('setInterval(() => {}, 1_000);\n'), drill.lines, { env, signal: stop.signal });
    setTimeout(() => stop.abort(), 200);
    await expect(judged).rejects.toThrow(CourseError);
    expect(readdirSync(tmp)).toEqual([]);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
});
