// Finds the learner's own lines in what V8 prints. Paths on the stage are the only ones that a learner can open.
import { relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Place } from './endings.ts';

/** The places of a stack that lie on the stage, innermost first. Stacks are hostile text: lines that do not fit are passed over. */
export function placesIn(stack: string, stage: string): Place[] {
  return stack
    .slice(0, 64 * 1024)
    .split('\n')
    .flatMap((line) => {
      const frame =
        /^\s+at (?:(?<within>.{1,200}?) \()?(?<url>(?:file:\/\/)?\/[^\s()]{1,1000}):(?<line>\d{1,7}):(?<column>\d{1,7})\)?$/.exec(
          line,
        )?.groups;
      if (!frame) return [];
      // With source maps a stack has paths in place of URLs.
      const url = frame.url?.startsWith('/') ? `file://${frame.url}` : (frame.url ?? '');
      const place = urlPlace(url, Number(frame.line), Number(frame.column), functionName(frame.within ?? ''), stage);
      return place ? [place] : [];
    });
}

/** @returns undefined when the file is not on the stage */
export function urlPlace(url: string, line: number, column: number, within: string, stage: string): Place | undefined {
  if (!url.startsWith(`${pathToFileURL(stage).href}/`)) return undefined;
  let path: string;
  try {
    path = fileURLToPath(url.replace(/\?.*$/, ''));
  } catch {
    return undefined;
  }
  // Nobody has a line break in a file's name by accident.
  if (!path.startsWith(stage + sep) || /\p{Cc}/u.test(path)) return undefined;
  return { file: relative(stage, path).split(sep).join('/'), line, column, within };
}

/** `async Timeout.outer [as _onTimeout]` is `outer` to whoever wrote it, and `Timeout._onTimeout` has no name. */
function functionName(within: string): string {
  const name = within.replace(/^async /, '').replace(/ \[as .*\]$/, '');
  if (/<anonymous>$|^(Timeout|Immediate)\._/.test(name)) return '';
  return name.replace(/^(Timeout|Immediate|process|Object|Module)\./, '');
}
