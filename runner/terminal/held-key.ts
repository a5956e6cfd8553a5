// A key that is held down, told from one that is pressed again. It knows nothing of what the key does.

/** Longer than keyboards wait before they repeat a key, shorter than anybody needs to read what it brought. */
const repeatMs = 1_000;

/**
 * @param now milliseconds, of any origin
 * @returns to be called at each press: whether it follows the one before too closely to be meant
 */
export function heldKey(now: () => number): () => boolean {
  let last = -Infinity;
  return () => {
    const [before, at] = [last, now()];
    last = at;
    return at - before < repeatMs;
  };
}
