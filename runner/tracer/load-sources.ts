// Reads the files that a trace names, as lines in colours.
import { readFileSync } from 'node:fs';
import { loadCodeColours } from '../terminal/code-colours.ts';
import type { Style } from '../terminal/style.ts';
import type { Stepper } from './stepper.ts';
import type { Trace } from './trace.ts';

/** Larger ones are no programs that somebody wrote. */
const mostCharacters = 1_000_000;

/** A file that is gone, or was never one, is left out. */
export async function loadSources(trace: Trace, style: Style): Promise<Stepper['sources']> {
  const named = [
    trace.file,
    ...trace.events.flatMap(({ file, scheduledFile }) => [file, scheduledFile]),
    ...trace.tasks.map(({ scheduled }) => scheduled?.file),
    ...trace.steps.map((step) => (step.kind === 'print' ? step.place?.file : undefined)),
  ];
  const colourCode = await loadCodeColours(new Set(['ts', 'js']), style);
  const sources = new Map<string, ReturnType<typeof colourCode>>();
  for (const file of new Set(named)) {
    const text = file == null ? undefined : textOf(file);
    if (file == null || text === undefined) continue;
    sources.set(file, colourCode(text, file.endsWith('ts') ? 'ts' : 'js'));
  }
  return sources;
}

function textOf(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    return text.length > mostCharacters ? undefined : text;
  } catch {
    return undefined;
  }
}
