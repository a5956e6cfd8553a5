// Named parts of a program (region-marks.ts), for quoting. It knows nothing of Markdown.
import { isRegionEnd, isRegionMark, regionBegun } from '../course/region-marks.ts';

/** What a quote of a file has to equal, or in words why there is nothing to quote. */
export type Quotable = { readonly text: string } | { readonly missing: string };

/** A whole file, without the lines that mark regions. */
export function wholeFile(text: string): Quotable {
  return { text: withoutMarks(text.split('\n')) };
}

/** One region, without its marks and those inside of it, moved to the left as far as it goes. */
export function regionOf(text: string, name: string): Quotable {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => regionBegun(line) === name);
  const names = lines.flatMap((line) => regionBegun(line) ?? []);
  if (from < 0) return { missing: `no region "${name}"${names.length > 0 ? `; it has ${names.join(', ')}` : ''}` };
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    if (index < from) continue;
    if (regionBegun(line) !== undefined) depth += 1;
    else if (isRegionEnd(line)) depth -= 1;
    if (depth === 0) return { text: withoutMarks(outdented(lines.slice(from + 1, index))) };
  }
  return { missing: `no // #endregion for its region "${name}"` };
}

function withoutMarks(lines: readonly string[]): string {
  return lines.filter((line) => !isRegionMark(line)).join('\n');
}

function outdented(lines: readonly string[]): string[] {
  const depths = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const depth = Math.min(...depths);
  return lines.map((line) => line.slice(Number.isFinite(depth) ? depth : 0));
}
