// A thread of a scenario as a real one: a worker that runs `thread(id, shared)` and, at each access of shared memory, waits
// until it is let go. Then it does that one operation itself, on the memory that it really shares. It knows nothing of any
// schedule, nor of what the explorer expects.
import { parentPort, workerData } from 'node:worker_threads';
import { importable } from '../guest/kit-modules.ts';
import { Membrane } from '../guest/membrane.ts';
import { Modules } from '../guest/modules.ts';
import { placesOfError, placesOnStack } from '../guest/places-on-stack.ts';
import { makeRealm } from '../guest/realm.ts';
import type { Operation, Result } from '../engine/operation.ts';
import { Gate, type FromThread, type ThreadOrder, type ThrownByThread } from './lockstep.ts';
import { RealMemory } from './real-memory.ts';

const { file, thread, shared, memory, gate } = workerData as ThreadOrder;
const say = (message: FromThread): void => parentPort?.postMessage(message);
const isOurs = (path: string): boolean => modules.has(path);
const real = new RealMemory(memory);
const turns = new Gate(gate);
let taken = 0;

function operate(operation: Operation): Result {
  say({ kind: 'stands', operation, places: placesOnStack(isOurs) });
  taken += 1;
  const mostMs = turns.pass(thread, taken);
  const result = real.perform(operation, mostMs);
  if (operation.name === 'wait' && result === 'timed-out' && operation.timeoutMs !== 0) {
    say({ kind: 'expired' });
    taken += 1;
    turns.pass(thread, taken);
  }
  say({ kind: 'did', result });
  return result;
}

const refusal = Symbol('refusal');
let isRefused = false;

function refuse(reason: string): never {
  if (!isRefused) say({ kind: 'refused', reason, places: placesOnStack(isOurs) });
  isRefused = true;
  throw refusal;
}

const realm = makeRealm({ operate, refuse, checkpoint: () => {}, printed: () => {} });
const modules = new Modules({
  realm: realm.context,
  pass: () => {
    if (isRefused) throw refusal;
  },
  elsewhere: (specifier) =>
    importable(specifier, {
      i32: () => refuse('memory that threads share is made in setup()'),
      checkpoint: () => {},
    }),
  standIn: () => undefined,
});
const membrane = new Membrane(realm);

try {
  const { thread: run } = modules.instantiate(file) as { thread: (id: number, shared: unknown) => unknown };
  run(thread, membrane.receive(shared));
  if (!isRefused) say({ kind: 'ended' });
} catch (error) {
  if (!isRefused) say(thrown(error));
}

function thrown(error: unknown): ThrownByThread {
  const isError = error instanceof Error || error instanceof (realm.native.Error as ErrorConstructor);
  if (!isError) {
    const text = typeof error === 'string' || typeof error === 'number' ? String(error) : 'no error';
    return { kind: 'threw', said: `thrown: ${text}`, isAssertion: false, places: [] };
  }
  const { name, message, stack, code } = error as NodeJS.ErrnoException;
  return {
    kind: 'threw',
    said: `${String(name)}: ${String(message)}`,
    isAssertion: name === 'AssertionError' || code === 'ERR_ASSERTION',
    places: placesOfError(String(stack), isOurs),
  };
}
