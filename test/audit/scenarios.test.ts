// An author is told when a lesson says another thing of a scenario than what comes of it.
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { proveScenarios, scenariosIn } from '../../runner/audit/check-scenarios.ts';
import { problemText } from '../../runner/audit/problem.ts';
import { found, plant, type Edits } from './audited-course.ts';

const lesson = 'lessons/01-parts/lesson.md';
const scenario = 'lessons/01-parts/snippets/lost.ts';

function scenarioText(step: string, final = 'counter[0] === 2'): string {
  return `import { i32 } from 'interleave/kit/scenario';
export const threads = 2;
export function setup() {
  return { counter: i32(1) };
}
export function thread(_id: number, { counter }: ReturnType<typeof setup>) {
  // #region step
  ${step}
  // #endregion
}
export function final({ counter }: ReturnType<typeof setup>) {
  return ${final};
}
`;
}

/** A clean course whose lesson shows a step of a scenario. */
async function problemsWith(words: string, step: string, final?: string): Promise<string[]> {
  const edits: Edits = {
    [lesson]: ['## ', `## Orders\n\n\`\`\`ts snippets/lost.ts#step ${words}\n${step}\n\`\`\`\n\n## `],
    [scenario]: scenarioText(step, final),
  };
  const root = plant(edits);
  expect(found(root)).toEqual([]);
  let proved = 0;
  const scenarios = scenariosIn(root);
  const problems = await proveScenarios(scenarios, { root, jobs: 2, onProgress: () => (proved += 1) });
  expect(proved).toBe(scenarios.length);
  return problems.map(problemText);
}

const lost = 'Atomics.store(counter, 0, Atomics.load(counter, 0) + 1);';

test('a failure that is meant, and a proof, are as the lesson says', async () => {
  expect(await problemsWith('explore fails', lost)).toEqual([]);
  expect(await problemsWith('explore', 'Atomics.add(counter, 0, 1);')).toEqual([]);
});

test('a failure that is not meant, one that does not come, and no scenario are problems of their line', async () => {
  const line = /^lessons\/01-parts\/lesson\.md:(\d+): /;
  const [unmeant = ''] = await problemsWith('explore', lost);
  expect(unmeant).toMatch(line);
  expect(unmeant.replace(line, '')).toBe(
    'lost.ts fails in some order (assertion: final returned false); if it is meant to, write "fails" behind "explore"',
  );
  const [missing = ''] = await problemsWith('explore tso fails', 'Atomics.add(counter, 0, 1);');
  expect(missing.replace(line, '')).toBe('lost.ts is marked as one that fails, and fails in no order');
  const [refused = ''] = await problemsWith('explore', 'Math.random();');
  expect(refused.replace(line, '')).toMatch(/^lost\.ts cannot be explored: lost\.ts:8: Math\.random/);
});

test('a scenario that is not there is a matter of the quote alone', () => {
  const root = plant({ [lesson]: ['## ', `## Orders\n\n\`\`\`ts snippets/gone.ts explore\n1;\n\`\`\`\n\n## `] });
  expect(scenariosIn(root)).toEqual([]);
  expect(found(root)).toEqual([expect.stringContaining(`quotes ${dirname(lesson)}/snippets/gone.ts`)]);
});
