// Waits for its turn, then answers and ends.
import { workerData } from 'node:worker_threads';
import { answer } from './in-a-thread.ts';
import { passGate, type Gate } from './gate.ts';

const { turns, turn, word } = workerData as { turns: Gate; turn: number; word: number };

passGate(turns, turn);
answer(word);
