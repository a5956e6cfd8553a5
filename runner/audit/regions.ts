// Named parts of a program, marked by `// #region name` ... `// #endregion` as editors fold them (in Python `# region
// name` ... `# endregion`), for quoting. It knows nothing of Markdown.

/** What a quote of a file has to equal, or in words why there is nothing to quote. */
export type Quotable = { readonly text: string } | { readonly missing: string };

const start = /^\s*(?:\/\/ #|# )region (\S+)\s*$/;
const end = /^\s*(?:\/\/ #|# )endregion\b/;

/** A whole file, without the lines that mark regions. */
export function wholeFile(text: string): Quotable {
  return { text: withoutMarks(text.split('\n')) };
}

/** One region, without its marks and those inside of it, moved to the left as far as it goes. */
export function regionOf(text: string, name: string): Quotable {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => start.exec(line)?.[1] === name);
  const names = lines.flatMap((line) => start.exec(line)?.[1] ?? []);
  if (from < 0) return { missing: `no region "${name}"${names.length > 0 ? `; it has ${names.join(', ')}` : ''}` };
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    if (index < from) continue;
    if (start.test(line)) depth += 1;
    else if (end.test(line)) depth -= 1;
    if (depth === 0) return { text: withoutMarks(outdented(lines.slice(from + 1, index))) };
  }
  return { missing: `no // #endregion for its region "${name}"` };
}

function withoutMarks(lines: readonly string[]): string {
  return lines.filter((line) => !start.test(line) && !end.test(line)).join('\n');
}

function outdented(lines: readonly string[]): string[] {
  const depths = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const depth = Math.min(...depths);
  return lines.map((line) => line.slice(Number.isFinite(depth) ? depth : 0));
}
