// Waits until all the others are there, then keeps a core busy.
import { workerData } from 'node:worker_threads';
import { answer } from './in-a-thread.ts';
import { passGate, type Gate } from './gate.ts';

const { allHere, computed, seed, rounds } = workerData as {
  allHere: Gate;
  computed: Gate;
  seed: number;
  rounds: number;
};

const haveMet = passGate(allHere);
let value = seed;
for (let round = 0; round < rounds; round += 1) value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0;
// Stays until the time that it used has been read.
passGate(computed);
answer(haveMet ? value : 'I waited for the other threads, and they never came');
