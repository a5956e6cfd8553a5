// A class for a child, started when it is first needed; slots keep their place.
import { fork, type ChildProcess } from 'node:child_process';

class Child {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<string, PromiseWithResolvers<unknown>>();
  readonly gone = Promise.withResolvers<void>();
  isGone = false;

  constructor(file: URL) {
    this.#child = fork(file, { serialization: 'advanced' });
    this.#child.on('error', () => {});
    this.#child.on('message', (message: { id: string; answer?: unknown; error?: Error }) => {
      const promise = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error) promise?.reject(message.error);
      else promise?.resolve(message.answer);
    });
    this.#child.on('close', (code, signal) => {
      this.isGone = true;
      const reason = new Error(signal === null ? `left with ${code}` : `killed by ${signal}`);
      for (const promise of this.#waiting.values()) promise.reject(reason);
      this.#waiting.clear();
      this.gone.resolve();
    });
  }

  get load() {
    return this.#waiting.size;
  }

  get settled() {
    return Promise.allSettled([...this.#waiting.values()].map(({ promise }) => promise));
  }

  ask(question: unknown) {
    const id = crypto.randomUUID();
    const promise = Promise.withResolvers<unknown>();
    this.#waiting.set(id, promise);
    try {
      this.#child.send({ id, question });
    } catch (error) {
      this.#waiting.delete(id);
      throw error;
    }
    return promise.promise;
  }

  async end() {
    await this.settled;
    this.#child.kill();
    await this.gone.promise;
  }
}

class Pool {
  readonly #file: URL;
  readonly #slots: (Child | undefined)[];
  #isClosed = false;

  constructor(file: URL, size: number) {
    this.#file = file;
    this.#slots = Array.from({ length: size }, () => undefined);
  }

  async ask(question: unknown) {
    if (this.#isClosed) throw new Error('This pool has been closed.');
    let best = 0;
    for (const [index, child] of this.#slots.entries()) {
      if (!child || child.isGone) {
        best = index;
        this.#slots[index] = new Child(this.#file);
        break;
      }
      if (child.load < (this.#slots[best]?.load ?? 0)) best = index;
    }
    return this.#slots[best]?.ask(question);
  }

  async close() {
    this.#isClosed = true;
    await Promise.all(this.#slots.map(async (child) => child?.end()));
  }
}

export const openPool = (file: URL, size: number) => new Pool(file, size);
