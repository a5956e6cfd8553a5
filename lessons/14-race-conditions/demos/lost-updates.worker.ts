// One of two threads that add to the same word, for lost-updates.ts: an order in, an answer out.
import { parentPort } from 'node:worker_threads';
import { meet } from './meet.module.ts';

export interface Rounds {
  readonly rounds: number;
  /** of 1, by each thread in each round */
  readonly additions: number;
  /** the word that both add to, and rounds in which something was lost */
  readonly words: Int32Array<SharedArrayBuffer>;
  readonly start: Int32Array<SharedArrayBuffer>;
  readonly end: Int32Array<SharedArrayBuffer>;
}

parentPort?.on('message', ({ rounds, additions, words, start, end }: Rounds) => {
  for (let round = 1; round <= rounds; round++) {
    meet(start, round);
    addOnes(words, additions);
    meet(end, round, () => {
      if (words[0] !== 2 * additions) words[1]! += 1;
      words[0] = 0;
    });
  }
  parentPort?.postMessage(rounds);
});

function addOnes(words: Int32Array, additions: number): void {
  for (let i = 0; i < additions; i++) words[0]! += 1;
}
