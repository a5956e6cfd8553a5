// `structuredClone` for code that is compiled in a context. Node's own makes objects of the main realm, of which no
// `instanceof` and no strict comparison of that code holds; a message port that was moved into the context makes its own.
import { MessageChannel, moveMessagePortToContext, receiveMessageOnPort, type Transferable } from 'node:worker_threads';
import type { Context } from 'node:vm';

/** @throws DataCloneError, as Node's does */
export function ownClone(context: Context): (value: unknown, options?: { transfer?: Transferable[] }) => unknown {
  const { port1, port2 } = new MessageChannel();
  const inside = moveMessagePortToContext(port2, context);
  return (value, { transfer = [] } = {}) => {
    port1.postMessage(value, transfer);
    return receiveMessageOnPort(inside)?.message as unknown;
  };
}
