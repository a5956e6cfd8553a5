// Why the learner's module could not be imported, read from the error that the subject reports. What it reads may be
// forged, and as long as a frame: no pattern here takes more than a line of ordinary length.
import { pathToFileURL } from 'node:url';
import type { Ending, Place } from './endings.ts';
import type { ErrorReport, FromSubject } from './frames.ts';
import { placesIn, urlPlace } from './places.ts';
import { refusedCode } from './refusal.ts';

/** Node's own bug, as it is when a file is nested deeper than its type stripper can follow. */
const stripperDiedCode = 'ERR_INTERNAL_ASSERTION';

type LoadFailed = Pick<Extract<FromSubject, { t: 'load-failed' }>, 'error' | 'during' | 'exports'>;

const [mostLines, mostColumns] = [200, 1_000];

/**
 * @param printed what the subject printed while it died of the error
 */
export function loadFailure({ error, during, exports }: LoadFailed, stage: string, printed: string): Ending {
  const thrownAt = placesIn(error.stack, stage)[0];
  if (error.code === refusedCode) return { kind: 'refused-import', error, at: thrownAt };
  if (error.code === stripperDiedCode) return { kind: 'import-error', error: nestedTooDeeply, at: thrownAt };
  const missing = /does not provide an export named '([^']{1,200})'/.exec(error.message.slice(0, mostColumns))?.[1];
  if (error.name === 'SyntaxError' && missing && during === 'driver') {
    return { kind: 'missing-export', name: missing, found: 'undefined', exports };
  }
  const broke = whereSyntaxBroke(`${error.stack}\n${printed}`, stage);
  // A SyntaxError with lines of the learner's on its stack was thrown by code that ran: JSON.parse, new Function.
  if (error.name === 'SyntaxError' && !missing && !thrownAt) return { kind: 'syntax-error', error, ...broke };
  return { kind: 'import-error', error, at: thrownAt ?? (missing ? broke.at : undefined) };
}

const nestedTooDeeply: ErrorReport = {
  name: 'Error',
  message: "Node's type stripper failed on a file. It is nested too deeply, or holds what is no TypeScript.",
  stack: '',
  code: stripperDiedCode,
};

/** What a subject had printed before Node printed the error that it died of. */
export function beforeNodesWords(printed: string, stage: string): string {
  const entry = new URL('./subject-main.ts', import.meta.url).href;
  const isNodes = (line: string): boolean =>
    [`${entry}:`, `${pathToFileURL(stage).href}/`].some((start) => line.startsWith(start)) && /:\d+$/.test(line);
  const lines = printed.split('\n');
  const first = lines.findIndex(isNodes);
  if (first === -1) return printed;
  return lines
    .slice(0, first)
    .map((line) => `${line}\n`)
    .join('');
}

const headOfExcerpt = /^(?:file:\/\/)?(?<path>\/[^\s()]+):(?<line>\d+)$/;

/**
 * Reads what V8 and Node's type stripper print above the error's name:
 *   file:///stage/lab.ts:3          (or a bare path)
 *   const a = ;
 *             ^
 */
export function whereSyntaxBroke(text: string, stage: string): { at: Place | undefined; excerpt: string } {
  const lines = linesOf(text);
  for (const [index, line] of lines.entries()) {
    const found = headOfExcerpt.exec(line)?.groups;
    const at = urlPlace(`file://${found?.path}`, Number(found?.line), 1, '', stage);
    if (!at) continue;
    // Where the text ends too soon there is no mark, and the next one belongs to whoever has thrown the error again.
    const rest = lines.slice(index + 1);
    const next = rest.findIndex((text) => headOfExcerpt.test(text));
    const below = next === -1 ? rest : rest.slice(0, next);
    const end = below.findIndex((text) => /^\s*\^+\s*$/.test(text));
    return { at, excerpt: end === -1 ? '' : below.slice(Math.max(0, end - 2), end + 1).join('\n') };
  }
  return { at: undefined, excerpt: '' };
}

function linesOf(text: string): string[] {
  return text
    .slice(0, mostLines * mostColumns)
    .split('\n', mostLines)
    .map((line) => line.slice(0, mostColumns));
}
