// Which functions of a scenario are asked for an answer at once.

/** What an async function or a generator gives back is no answer: nobody would look at what comes of it. */
export function isSynchronous(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object Function]';
}
