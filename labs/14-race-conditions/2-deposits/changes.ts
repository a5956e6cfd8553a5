// What a store may hold while money is paid in and taken out. Nothing that the learner writes runs here.

/** What the calls make of the balance: a deposit more, a withdrawal less. */
export class Changes {
  readonly #start: number;
  readonly #done: number[] = [];
  readonly #underWay = new Set<readonly [change: number]>();

  /** @param start what the store held at first */
  constructor(start: number) {
    this.#start = start;
  }

  /** A call begins. The function is to be called when it has ended, with whether it was said to be done. */
  begin(change: number): (isDone: boolean) => void {
    const call = [change] as const;
    this.#underWay.add(call);
    return (isDone) => {
      this.#underWay.delete(call);
      if (isDone) this.#done.push(change);
    };
  }

  /** Throws unless the store has all that was said to be done, and besides nothing but changes that are under way. */
  check(balance: number): void {
    const possible = [...this.#underWay].map(([change]) => change);
    const sure = this.#start + total(this.#done);
    const isLess = balance < sure + total(possible.filter((change) => change < 0));
    const isMore = balance > sure + total(possible.filter((change) => change > 0));
    if (!isLess && !isMore) return;
    const done = this.#done.length === 0 ? 'nothing was' : wereOf(this.#done);
    const others = possible.length === 0 ? '' : `, ${wereOf(possible)} under way`;
    const what = isMore ? 'more than there can be' : 'a deposit was lost, or was said to be done too early';
    throw new Error(
      `There were ${this.#start}, ${done} said to be done${others}, and the store has ${balance}: ${what}.`,
    );
  }
}

function total(changes: readonly number[]): number {
  return changes.reduce((sum, change) => sum + change, 0);
}

function wereOf(changes: readonly number[]): string {
  const words = changes.map((change) => (change > 0 ? `a deposit of ${change}` : `a withdrawal of ${-change}`));
  return `${words.join(' and ')} ${words.length === 1 ? 'was' : 'were'}`;
}
