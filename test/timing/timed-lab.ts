// A small lab with something to time: the sum of the numbers up to n, by a loop, by a slow loop, by a formula.
import { write } from '../course/course-fixture.ts';

export const timed = '01-sums/1-up-to';

const sum = (body: string) => `export function upTo(n: number): number {\n${body}\n}\n`;
const loop = (step: string) => sum(`  let sum = 0;\n  for (let i = 1; i <= n; i += 1) ${step};\n  return sum;`);

export const naive = loop('for (let j = 0; j < 20; j += 1) sum += j === 0 ? i : 0');
export const solution = loop('sum += i');
export const formula = sum('  return (n * (n + 1)) / 2;');

/** Writes the lab and its solutions below a course's root. */
export function writeTimedLab(root: string): void {
  write(root, {
    [`lessons/01-sums/lesson.md`]: '---\ntitle: Sums\npromise: You can add.\nminutes: 1\nledger: [C01]\n---\n',
    [`labs/${timed}/lab.json`]: JSON.stringify({
      title: 'Up to',
      files: ['lab.ts'],
      tests: { 'adds up': 1 },
      limits: { testMs: 1_000 },
      timing: { title: 'A million numbers', workload: 'manySums', naive: 'wrong/slowly.ts' },
    }),
    [`labs/${timed}/driver.ts`]: `import { upTo } from './lab.ts';

/** Who is called a million times with a number that depends on what came before cannot know it all by heart. */
export function manySums(seed: number): number {
  let last = seed;
  for (let time = 0; time < 200; time += 1) last = (last + upTo(5_000 + (last % 1_000))) % 1_000_003;
  return last;
}
`,
    [`labs/${timed}/lab.ts`]: sum('  return n;'),
    [`labs/${timed}/README.md`]:
      '# Up to\n\nAdd.\n\n## What you write\n\nIt.\n\n## What is observed\n\nSums.\n\n## Out of scope\n\nAll.\n\n## When you are stuck\n\nAsk.\n',
    [`labs/${timed}/hints.md`]: '# Hints\n\n## A\n\na\n\n## B\n\nb\n\n## C\n\nc\n',
    [`labs/${timed}/lab.test.ts`]: `import { check, random, subject, test } from 'interleave/kit';
import type * as Lab from './lab.ts';

test('adds up', async () => {
  const { lab } = await subject<typeof Lab>();
  const n = random().int(1, 1_000);
  const got = await lab.upTo(n);
  check(got === (n * (n + 1)) / 2, { expected: 'the sum up to ' + n, happened: 'It was ' + got + '.' });
});
`,
    [`solutions/${timed}/lab.ts`]: solution,
    [`solutions/${timed}/WHY.md`]: '# Why\n\nSo.\n',
    [`solutions/${timed}/wrong/slowly.ts`]: naive,
  });
}
