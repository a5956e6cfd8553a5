// The same lost update in files of every form: line ends, marks at the beginning, ways to export.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { exploreHere } from './explore-here.ts';

const folder = mkdtempSync(join(tmpdir(), 'interleave-forms-'));
afterAll(() => rmSync(folder, { recursive: true }));

const lines = [
  "import { i32 } from 'interleave/kit/scenario';",
  'export const threads = 2;',
  'export function setup() { return { m: i32(1) }; }',
  'export function thread(id, { m }) {',
  '  m[0] = m[0] + 1;',
  '}',
  'export function final({ m }) { return m[0] === 2; }',
  '',
];

test.for([
  ['plain.ts', lines.join('\n'), 5],
  ['module.mjs', lines.join('\n'), 5],
  ['script.js', lines.join('\n'), 5],
  ['module.mts', lines.join('\n'), 5],
  ['line-ends.ts', lines.join('\r\n'), 5],
  ['byte-order-mark.ts', `\uFEFF${lines.join('\n')}`, 5],
  ['hash-bang.ts', `#!/usr/bin/env node\n${lines.join('\n')}`, 6],
  ['list.ts', `${lines.join('\n').replaceAll('export ', '')}export { threads, setup, thread, final };\n`, 5],
  ['renamed.ts', `${lines.join('\n').replace('export function thread', 'function inc')}export { inc as thread };\n`, 5],
  [
    'pattern.ts',
    `${lines[0]}\nexport const { threads, setup, thread, final } = { threads: 2, setup: () => ({ m: i32(1) }),\nthread: (id, { m }) => { m[0] = m[0] + 1; }, final: ({ m }) => m[0] === 2 };\n`,
    3,
  ],
  // A line that an export has ended, and no semicolon.
  [
    'no-semicolons.ts',
    `${lines.slice(0, 3).join('\n')}\nfunction inc(m) { m[0] = m[0] + 1 }\nlet f = inc\nexport { f }\n(0, inc)\nexport const thread = (id, { m }) => f(m)\nexport let final = ({ m }) => m[0] === 2\n`,
    4,
  ],
] as const)('%s', async ([name, text, line]) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  const exploration = await exploreHere(file);
  if (exploration.kind !== 'failed') return expect.fail(JSON.stringify(exploration));
  const { failure } = exploration;
  expect(failure).toMatchObject({ kind: 'assertion', preemptions: 1 });
  expect(failure.steps.map(({ places }) => places[0]?.line)).toEqual([line, line, line, line]);
});
