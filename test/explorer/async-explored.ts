// Async scenarios explored as `explore` does it, with one process for many of them: booting one takes longer than most.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { CodeProcess } from '../../runner/explorer/async/code-process.ts';
import { exploreAsync } from '../../runner/explorer/async/explore-async.ts';
import { defaultAsyncOptions, type AsyncExploration, type AsyncOptions } from '../../runner/explorer/async/verdict.ts';
import { courseRoot } from '../../runner/course/paths.ts';

export const asyncCorpus = join(courseRoot, 'test/fixtures/explored/async');

/** All files below a folder, by their names there. */
export function filesBelow(folder: string): Map<string, Uint8Array> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name))]));
}

/** Gone after the tests of the file. */
export function asyncExplorer(
  files: ReadonlyMap<string, Uint8Array>,
): (name: string, options?: Partial<AsyncOptions>) => Promise<AsyncExploration> {
  const process = new CodeProcess({ files, guest: 'explorer-main.ts' });
  afterAll(() => process.close());
  return async (name, options = {}) => {
    const outcome = await exploreAsync({ process, file: name, options: { ...defaultAsyncOptions, ...options } });
    if (outcome.kind === 'explored') return outcome.exploration;
    throw new Error(`${name}: ${JSON.stringify(outcome)}`);
  };
}

/** `passed`, `failed deadlock`, `unsupported`: as the first line of a scenario of the corpus has it. */
export function verdictOf(exploration: AsyncExploration): string {
  return exploration.kind === 'failed' ? `failed ${exploration.failure.kind}` : exploration.kind;
}

/** What a scenario's header says: `// verdict: failed deadlock`. */
export function header(text: string, name: string): string | undefined {
  return new RegExp(`^// ${name}: (.*)$`, 'm').exec(text)?.[1]?.trim();
}
