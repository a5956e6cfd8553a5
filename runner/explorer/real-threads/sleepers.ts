// How many threads really sleep at an address, as V8 counts them. That a thread has marked that it is about to sleep would
// not say that it does yet: whoever notifies in between would wake nobody.
import { setFlagsFromString } from 'node:v8';

type Count = (view: Int32Array, index: number) => number;

/**
 * V8 tells nobody but its own test syntax. The syntax is allowed for as long as this line is compiled, which is before any
 * thread is started.
 */
function compileCount(): Count {
  setFlagsFromString('--allow-natives-syntax');
  try {
    // oxlint-disable-next-line no-implied-eval -- no module could be read elsewhere with this syntax in it
    const count = new Function('view', 'index', 'return %AtomicsNumWaitersForTesting(view, index)') as Count;
    // V8 compiles late: it is called once while the syntax is allowed.
    count(new Int32Array(new SharedArrayBuffer(4)), 0);
    return count;
  } finally {
    setFlagsFromString('--no-allow-natives-syntax');
  }
}

const count = compileCount();

export class Sleepers {
  readonly #words: Int32Array;

  constructor(buffer: SharedArrayBuffer) {
    const words = Math.floor(buffer.byteLength / Int32Array.BYTES_PER_ELEMENT);
    this.#words = new Int32Array(buffer, 0, words);
  }

  /** @param address bytes from the beginning; of a word of 32 or 64 bits */
  at(address: number): number {
    return count(this.#words, address / Int32Array.BYTES_PER_ELEMENT);
  }

  /** At all addresses together. */
  all(): number {
    let sum = 0;
    for (let index = 0; index < this.#words.length; index += 1) sum += count(this.#words, index);
    return sum;
  }
}
