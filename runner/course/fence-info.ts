// What stands behind the opening marks of a block of code: `ts`, `ts snippets/two.ts`, `ts snippets/two.ts#region run`.
// It knows nothing of the code.

/** What a reader can do with a program: run it, step through what the event loop did in a run of it, try all its orders. */
const wayWords = ['run', 'trace', 'explore'] as const;

/** `explore-tso`: with a store buffer for each thread, which `explore tso` asks for. */
export type ProgramWay = (typeof wayWords)[number] | 'explore-tso';

/** Words behind the language and the file: what the tutor offers; fails: it must end with an error, or fail in some order. */
export const fenceWords = [...wayWords, 'tso', 'fails'] as const;

/** What is traced is run by Node, and what is explored by an engine for the same languages. */
const nodeFile = /\.[cm]?[jt]s$/;

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
  if (file === undefined) return [];
  return wayWords
    .filter((way) => words.includes(way))
    .map((way) => (way === 'explore' && words.includes('tso') ? 'explore-tso' : way));
}

/** What is wrong with a word that it knows; undefined when nothing is. */
export function misplacedWord({ file, words }: FenceInfo): string | undefined {
  const way = wayWords.find((way) => words.includes(way));
  if (way !== undefined && file === undefined)
    return `"${way}" needs a file before it, as in "ts snippets/x.ts ${way}"`;
  for (const way of ['trace', 'explore'])
    if (words.includes(way) && !nodeFile.test(file ?? ''))
      return `"${way}" is for TypeScript and JavaScript; ${file} is neither`;
  // A scenario that is run does nothing: its threads are run by whoever explores it.
  if (words.includes('explore') && way !== 'explore') return `"explore" is for a scenario, and "${way}" for a program`;
  if (words.includes('tso') && !words.includes('explore')) return '"tso" says how to explore: write "explore tso"';
  return undefined;
}
