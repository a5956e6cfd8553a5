// What a subject prints: counted whole, kept at its beginning and its end. Hostile text; whoever shows it escapes it.
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

const keptBytes = 16 * 1024;
const keptEndCharacters = 4 * 1024;

export class Printed {
  bytes = 0;
  #beginning = '';
  #end = '';
  #isDeaf = false;

  /** @param onMore called after each piece */
  constructor(streams: readonly Readable[], onMore: () => void) {
    for (const stream of streams) {
      // Characters may come in pieces.
      const decoder = new StringDecoder('utf8');
      stream.on('data', (chunk: Buffer) => {
        if (this.#isDeaf) return;
        const isOver = this.bytes >= keptBytes;
        this.bytes += chunk.length;
        const text = decoder.write(isOver ? chunk.subarray(-keptBytes) : chunk);
        this.#beginning += text.slice(0, Math.max(0, keptBytes - this.#beginning.length));
        this.#end = (this.#end + text).slice(-keptEndCharacters);
        onMore();
      });
      stream.on('error', () => {});
    }
  }

  get beginning(): string {
    return this.#beginning;
  }

  /** Where V8 says why it gave up. */
  get end(): string {
    return this.#end;
  }

  /** From now on what comes is Node's, not the learner's. */
  stop(): void {
    this.#isDeaf = true;
  }
}
