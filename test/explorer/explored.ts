// Scenarios for tests of what is shown of them: those of the corpus by name, and texts that a test brings along.
import { mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { ExploredFile } from '../../runner/explorer/explore-file.ts';
import type { Options } from '../../runner/explorer/explore.ts';
import { loadScenario } from '../../runner/explorer/scenario.ts';
import { exploreHere } from './explore-here.ts';

/** Of the corpus. */
export function scenarioFile(name: string): string {
  return fileURLToPath(new URL(`../fixtures/explored/threads/${name}.ts`, import.meta.url));
}

/** A file of its own, for as long as the test runs. */
export function writtenScenario(text: string, name = 'scenario.ts'): string {
  const folder = mkdtempSync(join(tmpdir(), 'interleave-scenario-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

export async function explored(file: string, options: Partial<Options> = {}): Promise<ExploredFile> {
  const scenario = loadScenario(file);
  if (scenario.kind === 'unusable') throw new Error(scenario.reason);
  return { kind: 'explored', scenario, exploration: await exploreHere(file, options) };
}
