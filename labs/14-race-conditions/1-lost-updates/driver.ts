// The author's half of the first test, beside the learner's code: it makes the shared memory and calls each function as a
// single thread does. What it reports is for the suite to judge.
import { addVisits, enterScore, rate, readRatings, transfer, withdraw } from './lab.ts';

/** A call of one of the functions: its name, and what it gets behind the array. */
export type Call = readonly [name: Name, ...args: number[]];

type Name = 'addVisits' | 'enterScore' | 'withdraw' | 'transfer' | 'rate' | 'readRatings';

/** What the arrays hold at first. */
export interface Start {
  readonly visits: readonly number[];
  readonly best: readonly number[];
  readonly balances: readonly number[];
}

/** What they hold in the end, and what each call returned, in order. */
export interface Ended extends Start {
  readonly answers: readonly unknown[];
}

type Words = Int32Array<SharedArrayBuffer>;

interface Memory {
  readonly visits: Words;
  readonly best: Words;
  readonly balances: Words;
  readonly ratings: Words;
}

const functions: Readonly<Record<Name, (memory: Memory, ...args: number[]) => unknown>> = {
  addVisits: ({ visits }, page = 0, count = 0) => addVisits(visits, page, count),
  enterScore: ({ best }, score = 0) => enterScore(best, score),
  withdraw: ({ balances }, account = 0, amount = 0) => withdraw(balances, account, amount),
  transfer: ({ balances }, from = 0, to = 0, amount = 0) => transfer(balances, from, to, amount),
  rate: ({ ratings }, stars = 0) => rate(ratings, stars),
  readRatings: ({ ratings }) => readRatings(ratings),
};

/** Makes the calls one after the other. */
export function callAlone(start: Start, calls: readonly Call[]): Ended {
  const memory: Memory = {
    visits: wordsOf(start.visits),
    best: wordsOf(start.best),
    balances: wordsOf(start.balances),
    ratings: wordsOf([0, 0]),
  };
  const answers = calls.map(([name, ...args]) => functions[name](memory, ...args));
  const { visits, best, balances } = memory;
  return { visits: [...visits], best: [...best], balances: [...balances], answers };
}

function wordsOf(values: readonly number[]): Words {
  const words = new Int32Array(new SharedArrayBuffer(4 * values.length));
  words.set(values);
  return words;
}
