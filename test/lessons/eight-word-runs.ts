// Whether a text takes eight words in a row from one of the documents that the course is built on. The project holds no
// document, only a hash of each of their runs of eight words, so that this can be checked everywhere.
import { createHash } from 'node:crypto';

/** So many words in a row are no accident. */
const runLength = 8;

/**
 * A run is kept as the first five bytes of its SHA-256. There are some 7,500 of them, so that one run in 140 million that
 * is in no document is taken for one: a course of 300,000 words has a false alarm with a probability of 0.2 %.
 */
const hashBytes = 5;

/** In none of the documents, and kept with them: it shows that the file is read and that a run in it is found. */
export const canary = 'eight of our own words stand guard here';

export interface Word {
  /** in small letters, letters and digits only */
  readonly text: string;
  /** counted from 1 */
  readonly line: number;
}

export function wordsOf(text: string): Word[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      (plain(line).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => ({ text: word, line: index + 1 })),
    );
}

function plain(line: string): string {
  return line.normalize('NFKC').toLowerCase().replaceAll(/['’]/g, '');
}

/** What nobody reads on a page: comments, and where links lead. Lines stay what they are. */
export function withoutMarks(markdown: string): string {
  return markdown.replaceAll(/<!--[^]*?-->|\]\([^)\n]*\)/g, (mark) => mark.replaceAll(/[^\n]/g, ' '));
}

/** The hash of each run of eight words, by the line on which it begins; fewer words have none. */
export function runsOf(words: readonly Word[]): { readonly hash: number; readonly line: number }[] {
  return words.slice(0, Math.max(0, words.length - runLength + 1)).map(({ line }, index) => {
    const run = words.slice(index, index + runLength).map(({ text }) => text);
    return { hash: createHash('sha256').update(run.join(' ')).digest().readUIntBE(0, hashBytes), line };
  });
}

/** The hashes of some texts and of the canary as the bytes of a file, in order of their numbers. */
export function packHashes(texts: readonly string[]): Buffer {
  const hashes = new Set([...texts, canary].flatMap((text) => runsOf(wordsOf(text)).map(({ hash }) => hash)));
  const packed = Buffer.alloc(hashes.size * hashBytes);
  for (const [index, hash] of [...hashes].sort((one, other) => one - other).entries())
    packed.writeUIntBE(hash, index * hashBytes, hashBytes);
  return packed;
}

export function unpackHashes(packed: Buffer): Set<number> {
  return new Set(
    Array.from({ length: packed.length / hashBytes }, (_, index) => packed.readUIntBE(index * hashBytes, hashBytes)),
  );
}

/** The lines of a text on which a run begins that is among the hashes. */
export function takenLines(text: string, hashes: ReadonlySet<number>): number[] {
  const taken = runsOf(wordsOf(withoutMarks(text))).filter(({ hash }) => hashes.has(hash));
  return [...new Set(taken.map(({ line }) => line))];
}
