// An answer: letters in an order, as they were typed, against the lines that they stand for. It knows nothing of keys and
// windows.

/** Each shown line has one; there are never more than nine lines. */
const letters = 'abcdefghi';

export function letterOf(index: number): string {
  return letters[index] ?? '';
}

/** The index of the line that a key stands for. */
export function indexOf(letter: string, count: number): number | undefined {
  const index = letters.indexOf(letter.toLowerCase());
  return letter.length === 1 && index >= 0 && index < count ? index : undefined;
}

export type TypedAnswer =
  | { readonly kind: 'order'; readonly lines: readonly string[] }
  | { readonly kind: 'unclear'; readonly why: string };

/** Reads `b a c`, `bac` or `b, a, c`. @param shuffled the lines as they were shown */
export function readAnswer(typed: string, shuffled: readonly string[]): TypedAnswer {
  const last = letterOf(shuffled.length - 1);
  const indexes = typed
    .replaceAll(/[\s,.;>-]/g, '')
    .split('')
    .map((letter) => indexOf(letter, shuffled.length));
  if (indexes.includes(undefined)) return { kind: 'unclear', why: `An answer is made of the letters a to ${last}.` };
  if (indexes.length !== shuffled.length || new Set(indexes).size !== shuffled.length)
    return { kind: 'unclear', why: `Each letter from a to ${last} is needed once; these are ${indexes.length}.` };
  return { kind: 'order', lines: indexes.map((index) => shuffled[index ?? 0] ?? '') };
}

/** Where the answer first differs from what was printed; undefined: nowhere. */
export function firstDifference(answer: readonly string[], printed: readonly string[]): number | undefined {
  const index = printed.findIndex((line, place) => line !== answer[place]);
  return index < 0 ? undefined : index;
}
