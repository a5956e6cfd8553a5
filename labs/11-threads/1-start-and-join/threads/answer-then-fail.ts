// Answers, and throws later, when the answer has been received.
import { workerData } from 'node:worker_threads';
import { answer } from './in-a-thread.ts';
import { passGate, type Gate } from './gate.ts';

const { word, reason, gate } = workerData as { word: number; reason: string; gate: Gate };

answer(word);
passGate(gate);
throw new RangeError(reason);
