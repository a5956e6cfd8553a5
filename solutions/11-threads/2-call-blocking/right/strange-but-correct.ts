// Strange, and correct: the thread is a text, takes its orders by message, and is looked at again and again.
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

const code = `
  const { parentPort } = require('node:worker_threads');
  parentPort.once('message', ([module, name, args]) =>
    import(module).then((library) => parentPort.postMessage(new Map([['result', library[name](...args)]]))));
`;

class Call extends Worker {
  readonly heard: Map<string, unknown>[] = [];
  readonly thrown: unknown[] = [];

  constructor(...order: unknown[]) {
    super(code, { eval: true });
    this.on('message', (message) => this.heard.push(message));
    this.on('error', (error) => this.thrown.push(error));
    try {
      this.postMessage(order);
    } catch (error) {
      this.thrown.push(error);
    }
  }
}

export const callBlocking = async (
  module: string,
  name: string,
  args: readonly unknown[],
  signal: Pick<AbortSignal, 'aborted' | 'reason'> = { aborted: false, reason: undefined },
): Promise<unknown> => {
  if (signal.aborted) throw signal.reason;
  const call = new Call(module, name, args);
  const isOver = () => signal.aborted || call.threadId === -1 || call.heard.length + call.thrown.length > 0;
  while (!isOver()) await sleep(4);
  const isAborted = signal.aborted;
  await call.terminate();
  if (isAborted) throw signal.reason;
  if (call.thrown.length > 0) throw call.thrown[0];
  if (call.heard.length === 0) throw new Error(`${name} brought nothing`);
  return call.heard[0]?.get('result');
};
