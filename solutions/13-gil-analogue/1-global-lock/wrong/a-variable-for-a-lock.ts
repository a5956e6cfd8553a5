// caught by "two threads are never inside together": 2 threads hold the lock at the same time
// One lock for all: what could be more global than a variable of the module?
let isTaken = false;

export class GlobalLock {
  #isMine = false;

  acquire(): void {
    while (isTaken);
    isTaken = true;
    this.#isMine = true;
  }

  release(): void {
    if (!this.#isMine) throw new Error('this thread does not hold the lock');
    this.#isMine = false;
    isTaken = false;
  }

  run<T>(body: () => T): T {
    this.acquire();
    try {
      return body();
    } finally {
      this.release();
    }
  }
}
