// The lines that mark named parts of a program, as editors fold them: `// #region name` ... `// #endregion`, in Python
// `# region name` ... `# endregion`. No reader of a lesson sees them.

const start = /^\s*(?:\/\/ #|# )region (\S+)\s*$/;
const end = /^\s*(?:\/\/ #|# )endregion\b/;

/** The name of the part that begins below this line. */
export function regionBegun(line: string): string | undefined {
  return start.exec(line)?.[1];
}

export function isRegionEnd(line: string): boolean {
  return end.test(line);
}

export function isRegionMark(line: string): boolean {
  return start.test(line) || end.test(line);
}
