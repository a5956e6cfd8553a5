// What stands behind the opening marks of a block of code: `ts`, `ts snippets/two.ts`, `ts snippets/two.ts#region run`.
// It knows nothing of the code.

/** Words behind the language and the file. run: the tutor offers to run it; fails: it must end with an error. */
export const fenceWords = ['run', 'fails'] as const;

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
