// A key that is held down, told from one that is pressed again. It knows nothing of what the key does.

/** Longer than keyboards wait before they repeat a key. */
const delayMs = 1_000;
/** Longer than they take from one repeat to the next. */
const repeatMs = 200;

export interface HeldKey {
  /** To be called whenever the key arrives. */
  press(): void;
  /** What was still to be done is not done. */
  close(): void;
}

/**
 * The first repeat comes as late as somebody presses again who is quick. What tells the two apart is whether another one
 * follows: until then nothing is done.
 * @param now milliseconds, of any origin
 * @param onPress called once for each time that somebody presses the key, up to 200 ms later
 * @param onRepeat called when the keyboard has pressed it
 */
export function heldKey(now: () => number, onPress: () => void, onRepeat: () => void): HeldKey {
  let last = -Infinity;
  let waiting: NodeJS.Timeout | undefined;
  return {
    press() {
      const [before, at] = [last, now()];
      last = at;
      clearTimeout(waiting);
      if (at - before >= delayMs) onPress();
      else if (at - before < repeatMs) onRepeat();
      else waiting = setTimeout(onPress, repeatMs);
    },
    close() {
      clearTimeout(waiting);
    },
  };
}
