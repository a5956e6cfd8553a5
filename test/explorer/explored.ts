// Scenarios for tests of what is shown of them: those of the corpus by name, and texts that a test brings along.
import { mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { defaultOptions } from '../../runner/explorer/engine/options.ts';
import type { ExploredFile } from '../../runner/explorer/explore-file.ts';
import type { Options } from '../../runner/explorer/engine/options.ts';
import { Guest } from '../../runner/explorer/guest/guest.ts';
import type { Heard } from '../../runner/explorer/guest/replay.ts';
import type { ThreadQuestion } from '../../runner/explorer/engine/program.ts';
import { loadScenario } from '../../runner/explorer/scenario.ts';
import { Walk } from '../../runner/explorer/engine/walk.ts';
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

/** Without any process of its own, as exploreHere. */
export async function walkHere(file: string, isRaceTheEnd = false): Promise<Walk> {
  const scenario = loadScenario(file);
  if (scenario.kind === 'unusable') throw new Error(scenario.reason);
  const { threads, shared, bytes, checks } = scenario;
  const guest = new Guest(file);
  guest.open();
  const ask = Array.from({ length: threads }, (_, thread) => {
    const beginning: Heard[] = [
      { kind: 'call', demand: ['get', 0, 'thread'], args: [] },
      { kind: 'call', demand: ['apply', 1], args: [undefined, thread, shared] },
    ];
    return async ({ results, ahead, ...rest }: ThreadQuestion) =>
      guest.advance({
        heard: [...beginning, ...results],
        ...rest,
        ...(ahead && { ahead: { ...ahead, memory: ahead.memory.slice() } }),
      });
  });
  return Walk.begin({ ask, bytes, checks, options: defaultOptions }, isRaceTheEnd);
}
