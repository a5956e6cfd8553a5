// Writes records down, in batches that get larger as there are more of them. It runs inside of the traced program, so it takes
// what it needs before the program can change it. It knows nothing of what the records say.
import { writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { mostRecords, recordFd, type Place, type Record, type UnseenThing } from './record.ts';

/** The first ones are written at once, so that nothing of a small program is lost, however it ends. */
const writtenAtOnce = 2_000;
const batchBytes = 16 * 1_024;
const batchMs = 5;

const { stringify } = JSON;
const { from: bytesOf } = Buffer;
const clock = performance.now.bind(performance);

/** Time in ms. A microsecond is what a clock here can tell. */
export const now = (): number => Math.round(clock() * 1_000) / 1_000;

export class RecordWriter {
  #batch = '';
  #lastWriteMs = 0;
  #records = 0;
  /** numbers by line by file: a text for each would cost more than all the rest */
  readonly #places = new Map<string, Map<number, number>>();
  #numbered = 0;
  isStopped = false;

  write(record: Record): void {
    if (this.isStopped) return;
    this.#batch += `${stringify(record)}\n`;
    this.#records += 1;
    if (this.#records === mostRecords) this.stop('end-of-records');
    else if (this.#records <= writtenAtOnce || this.#batch.length > batchBytes) this.flush();
  }

  /** @returns the number by which later records name the place; -1 for none */
  placeNumber(place: Place | undefined): number {
    if (place === undefined) return -1;
    let lines = this.#places.get(place.file);
    if (lines === undefined) this.#places.set(place.file, (lines = new Map()));
    const known = lines.get(place.line);
    if (known !== undefined) return known;
    const number = this.#numbered++;
    lines.set(place.line, number);
    this.write(['place', place.file, place.line]);
    return number;
  }

  /** Nothing more is recorded. */
  stop(why: UnseenThing): void {
    if (this.isStopped) return;
    this.#batch += `${stringify(['unseen', why])}\n`;
    this.flush();
    this.isStopped = true;
  }

  /** Whether it is time to write what has come together, where there is a pause. */
  get isDue(): boolean {
    return this.#batch !== '' && now() - this.#lastWriteMs > batchMs;
  }

  flush(): void {
    if (this.#batch === '' || this.isStopped) return;
    const bytes = bytesOf(this.#batch);
    this.#batch = '';
    try {
      for (let from = 0; from < bytes.length;) from += writeSync(recordFd, bytes, from);
    } catch {
      // Whoever listened is gone, or the program has closed the pipe.
      this.isStopped = true;
    }
    this.#lastWriteMs = now();
  }
}
