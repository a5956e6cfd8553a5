// Throws when its place comes at the gate, if there is one.
import { workerData } from 'node:worker_threads';
import './in-a-thread.ts';
import { passGate, type Gate } from './gate.ts';

const { reason, shelf, gate, place } = workerData as { reason: string; shelf?: number; gate?: Gate; place?: number };

if (gate) passGate(gate, place);
throw Object.assign(new RangeError(reason), { shelf });
