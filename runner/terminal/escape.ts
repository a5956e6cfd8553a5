// Text from learner code is hostile: it may move the cursor, recolour the screen, retitle the window, or pretend to be a
// verdict. Shown is what is on a list of harmless characters; all else appears as a visible escape. It knows nothing of
// terminals' languages, which is the point: there is no sequence to recognise.

/**
 * Letters, marks, digits, punctuation, symbols and the plain space. Not on the list: control characters, characters that
 * change direction or have no width, other spaces (they look like the plain one), surrogates, and what Unicode does not
 * define; also those letters and marks that are never seen (Default_Ignorable_Code_Point).
 */
const hostile = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|\p{Default_Ignorable_Code_Point}/gu;

/** For text of several lines: newlines and tabs stay. */
export function escapeText(text: string): string {
  return text.replace(hostile, (character) =>
    character === '\n' || character === '\t' ? character : escapeOf(character),
  );
}

/** For a name, a path, a message in the middle of a line: nothing stays that could leave the line. */
export function escapeLine(text: string): string {
  return text.replace(hostile, escapeOf);
}

/** `\x1b`, `\u202e` or `\u{e0001}`. */
function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}
