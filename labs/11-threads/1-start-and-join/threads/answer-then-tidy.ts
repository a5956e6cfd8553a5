// Answers, and only then does the rest of its work.
import { workerData } from 'node:worker_threads';
import { answer } from './in-a-thread.ts';
import { passGate, type Gate } from './gate.ts';

const { word, gate, done } = workerData as { word: number; gate: Gate; done: Int32Array };

answer(word);
passGate(gate);
Atomics.store(done, 0, 1);
