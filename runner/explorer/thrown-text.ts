// What was thrown, as a text, whatever it was: a message may be a getter that throws, an object may have no `toString`.

export function thrownText(thrown: unknown): string {
  return attempted(() => String(thrown)) ?? 'something that is no text';
}

/** What work gives, or undefined where it throws. */
export function attempted<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
