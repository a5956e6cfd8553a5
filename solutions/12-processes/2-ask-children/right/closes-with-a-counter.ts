// Callbacks and plain objects; a child whose channel is closed counts as gone, and close ends each child when it is idle.
import { fork, type ChildProcess } from 'node:child_process';

type Slot = { child: ChildProcess; calls: Record<number, (error: unknown, answer?: unknown) => void>; load: number };

export function openPool(file: URL, size: number) {
  let slots: Slot[] = [];
  let next = 1;
  let closing: ((value: void) => void) | null = null;

  const add = () => {
    const slot: Slot = { child: fork(file, [], { serialization: 'advanced', stdio: 'inherit' }), calls: {}, load: 0 };
    slots = [...slots, slot];
    slot.child.on('message', (message: { id: number; answer: unknown }) => {
      const call = slot.calls[message.id];
      delete slot.calls[message.id];
      slot.load -= 1;
      if ('error' in message) call?.(message.error);
      else call?.(null, message.answer);
      endIdle();
    });
    slot.child.on('error', () => undefined);
    slot.child.on('exit', (code, signal) => {
      slots = slots.filter((other) => other !== slot);
      for (const call of Object.values(slot.calls)) call(new Error(`Exit code ${code}, signal ${signal}`));
      endIdle();
    });
    return slot;
  };

  const endIdle = () => {
    if (!closing) return;
    if (slots.length === 0) closing();
    for (const { child, load } of slots) if (load === 0) child.kill();
  };

  return {
    ask: (question: unknown) =>
      new Promise((resolve, reject) => {
        if (closing) return reject(new Error('No more questions, please.'));
        let slot = slots.length < size ? add() : slots[0]!;
        for (const other of slots) if (other.load < slot.load) slot = other;
        const id = next++;
        try {
          slot.child.send({ id, question });
        } catch (error) {
          return reject(error);
        }
        slot.load += 1;
        slot.calls[id] = (error, answer) => (error ? reject(error) : resolve(answer));
      }),
    close: () =>
      new Promise<void>((resolve) => {
        closing = resolve;
        endIdle();
      }),
  };
}
