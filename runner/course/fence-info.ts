// What stands behind the opening marks of a block of code: `ts`, `ts snippets/two.ts`, `ts snippets/two.ts#region run`.
// It knows nothing of the code.

/** What a reader can do with a program: run it, or step through what the event loop did in a run of it. */
export const programWays = ['run', 'trace'] as const;
export type ProgramWay = (typeof programWays)[number];

/** Words behind the language and the file: what the tutor offers; fails: it must end with an error. */
export const fenceWords = [...programWays, 'fails'] as const;

/** What is traced is run by Node. */
const tracedFile = /\.[cm]?[jt]s$/;

export interface FenceInfo {
  /** `ts`; empty when there is none */
  readonly language: string;
  /** as it was written, from the folder of the text on */
  readonly file: string | undefined;
  readonly region: string | undefined;
  readonly words: readonly string[];
}

export function parseFenceInfo(info: string): FenceInfo {
  const [language = '', ...rest] = info.split(/\s+/);
  // A file's name has a dot, a word has none.
  const named = rest[0]?.includes('.') ? rest[0] : undefined;
  const [file, region] = named?.split('#') ?? [];
  return { language, file, region, words: named === undefined ? rest : rest.slice(1) };
}

/** What the tutor offers to do with the program; a block without a file is only read. */
export function waysOf({ file, words }: FenceInfo): ProgramWay[] {
  return file === undefined ? [] : programWays.filter((way) => words.includes(way));
}

/** What is wrong with a word that it knows; undefined when nothing is. */
export function misplacedWord({ file, words }: FenceInfo): string | undefined {
  const way = words.find((word) => programWays.some((way) => way === word));
  if (way !== undefined && file === undefined)
    return `"${way}" needs a file before it, as in "ts snippets/x.ts ${way}"`;
  if (words.includes('trace') && !tracedFile.test(file ?? ''))
    return `"trace" is for TypeScript and JavaScript; ${file} is neither`;
  return undefined;
}
