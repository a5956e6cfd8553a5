// Whether a source holds any code at all. It reads no further than to the first of it, in time that grows with the
// length alone, whatever the text is: it was written by a learner.

/** @returns whether there is nothing but white space and comments */
export function isBlankSource(source: string): boolean {
  const piece = /\s+|\/\/.*|\/\*[^]*?\*\//y;
  while (piece.test(source)) if (piece.lastIndex === source.length) return true;
  return source === '';
}
