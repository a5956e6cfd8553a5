// Comes to the first gate, so that others know that it runs. Answers early, and stays at work until the second gate
// lets it go.
import { workerData } from 'node:worker_threads';
import { answer } from './in-a-thread.ts';
import { passGate, type Gate } from './gate.ts';

const { allHere, held, place } = workerData as { allHere: Gate; held: Gate; place: number };

passGate(allHere);
answer('nearly finished');
passGate(held, place);
