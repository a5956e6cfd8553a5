// The thread of this mistake.
import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';

type Library = Record<string, (...args: unknown[]) => unknown>;

const [{ module, name, args }] = (await once(parentPort!, 'message')) as [
  { module: string; name: string; args: unknown[] },
];
const library = (await import(module)) as Library;
parentPort?.postMessage(library[name]!(...args));
