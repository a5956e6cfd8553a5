// A subject that has booted before anybody needs it: what a save waits for is then its own code alone.
import { Subject } from './subject.ts';

export class Spares {
  #next: Subject | undefined;
  #isClosed = false;

  /**
   * A subject that has nothing loaded: the one that stood ready, or else one that is just starting.
   * @throws EndedError when this machine cannot start one
   */
  take(): Subject {
    const taken = this.#next?.isAlive ? this.#next : Subject.boot();
    this.#next = undefined;
    return taken;
  }

  /** Starts the next one; best done when nobody is waiting for a verdict, for booting takes a core. */
  prepare(): void {
    if (this.#isClosed || this.#next?.isAlive) return;
    try {
      this.#next = Subject.boot();
    } catch {
      // Nobody waits for it: whoever takes one tries again, and says why it cannot be.
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#next?.kill();
  }
}
