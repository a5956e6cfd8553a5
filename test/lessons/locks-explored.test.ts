// What lesson 15 says about its scenarios is what the explorer finds in them, and the pictures that it shows are the
// explorer's. How many states it took is left out: that is the explorer's business, and may get less.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';
import { exploreFile, type ExploredFile } from '../../runner/explorer/explore-file.ts';
import { explorationLines } from '../../runner/explorer/picture.ts';
import { plainStyle } from '../../runner/terminal/style.ts';

const folder = join(courseRoot, 'lessons/15-locks');
const text = readFileSync(join(folder, 'lesson.md'), 'utf8');

/** By the names of the snippets: `passed`, or the kind of the failure and its preemptions. */
const said: Readonly<Record<string, string>> = {
  transfer: 'assertion 1',
  'flag-lock': 'invariant 2',
  'spin-lock': 'passed',
  'bell-lock': 'deadlock 2',
  'sleeping-lock': 'passed',
  'tidy-lock': 'deadlock 1',
  'three-states': 'passed',
  'no-finally': 'deadlock 0',
  'with-finally': 'passed',
  'two-locks': 'assertion 1',
  auditor: 'assertion 1',
  'careful-auditor': 'passed',
  counting: 'invariant 3',
  semaphore: 'passed',
  'look-once': 'invariant 1',
  'look-again': 'passed',
};

test.for(Object.entries(said))('%s: %s', async ([name, verdict]) => {
  const explored = await explore(name);
  const { exploration } = explored;
  expect(
    exploration.kind === 'failed' ? `${exploration.failure.kind} ${exploration.failure.preemptions}` : exploration.kind,
  ).toBe(verdict);
  const shown = shownPicture(name);
  if (shown === undefined) return;
  const lines = explorationLines(explored, { columns: 76, style: plainStyle, cwd: folder, isTokenLeftOut: true });
  expect(withoutEffort(lines.join('\n')).startsWith(withoutEffort(shown))).toBe(true);
  if (verdict !== 'passed') expect(withoutEffort(shown).length).toBe(withoutEffort(lines.join('\n')).length);
});

test('all scenarios of the lesson are here', () => {
  const named = [...text.matchAll(/^npx interleave explore \S+\/snippets\/(\S+)\.ts$/gm)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !Object.hasOwn(said, name ?? ''))).toEqual([]);
});

async function explore(name: string): Promise<ExploredFile> {
  const explored = await exploreFile(join(folder, 'snippets', `${name}.ts`));
  if ('reason' in explored) throw new Error(explored.reason);
  return explored;
}

/** The block behind the one with the command. */
function shownPicture(name: string): string | undefined {
  const command = `npx interleave explore lessons/15-locks/snippets/${name}.ts\n\`\`\`\n\n\`\`\`text\n`;
  const at = text.indexOf(command);
  return at < 0 ? undefined : text.slice(at + command.length, text.indexOf('```', at + command.length));
}

/** In one line. */
function withoutEffort(picture: string): string {
  return picture
    .replaceAll(/\s+/g, ' ')
    .replace(/ ?Found in [\d,]+ states, [\d.,]+ m?s\./, '')
    .replaceAll(/[\d,]+ states/g, 'all states')
    .trim();
}
