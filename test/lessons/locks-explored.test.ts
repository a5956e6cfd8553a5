// The pictures that lessons 13 and 15 show are the explorer's, in a window of 60 columns. How many states it took is left out:
// that is the explorer's business, and may get less.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';
import { exploreFile, type ExploredFile } from '../../runner/explorer/explore-file.ts';
import { explorationLines } from '../../runner/explorer/picture/picture.ts';
import { plainStyle } from '../../runner/terminal/style.ts';

const folders = ['13-gil-analogue', '15-locks'].map((lesson) => join(courseRoot, 'lessons', lesson));

/** A scenario that is quoted to be explored, and the block right behind it. */
const quoted =
  /^```ts snippets\/(\S+)\.ts#\S+ explore(?: fails)?\n(?:(?!```)[^])*```\n\n```text\n((?:(?!```)[^])*)```$/gm;
const pictures = folders.flatMap((folder) =>
  [...readFileSync(join(folder, 'lesson.md'), 'utf8').matchAll(quoted)].map(
    ([, name = '', picture = '']) => [name, picture, folder] as const,
  ),
);

test('the pictures are found', () => {
  expect(pictures.length).toBeGreaterThan(11);
});

test.for(pictures)('%s', async ([name, picture, folder]) => {
  const explored = await explore(folder, name);
  const lines = explorationLines(explored, { columns: 59, style: plainStyle, cwd: folder, isTokenLeftOut: true });
  const whole = withoutEffort(lines.join('\n'));
  // Of a proof the headline will do.
  if (explored.exploration.kind === 'passed') expect(whole.startsWith(withoutEffort(picture))).toBe(true);
  else expect(withoutEffort(picture)).toBe(whole);
});

async function explore(folder: string, name: string): Promise<ExploredFile> {
  const explored = await exploreFile(join(folder, 'snippets', `${name}.ts`));
  if ('reason' in explored) throw new Error(explored.reason);
  return explored;
}

/** In one line. */
function withoutEffort(picture: string): string {
  return picture
    .replaceAll(/\s+/g, ' ')
    .replace(/ ?Found in [\d,]+ states, [\d.,]+ m?s\./, '')
    .replaceAll(/[\d,]+ states/g, 'all states')
    .trim();
}
