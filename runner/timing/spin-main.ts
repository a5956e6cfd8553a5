// The thread of the probe: counts as often as it is told and answers. Always the same work, so that its time says what
// the machine gave it.
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', (steps: number) => parentPort?.postMessage(spin(steps)));

/** The result is sent back: what nobody asks for may be compiled away. */
function spin(steps: number): number {
  let x = 1;
  for (let i = 0; i < steps; i++) x = (Math.imul(x, 1_103_515_245) + 12_345) | 0;
  return x;
}
