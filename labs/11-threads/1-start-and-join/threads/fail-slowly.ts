// Throws, and is slow to end: what it threw is known while it still runs.
import { workerData } from 'node:worker_threads';
import './in-a-thread.ts';
import { passGate, type Gate } from './gate.ts';

const { reason, gate, done } = workerData as { reason: string; gate: Gate; done: Int32Array };

// The last thing that Node calls in a thread that has thrown, when it has sent what was thrown. (A listener for the
// "exit" of the process comes before that.)
const leave = process.exit;
process.exit = (code) => {
  passGate(gate);
  Atomics.store(done, 0, 1);
  return leave(code);
};
throw new RangeError(reason);
