// Something for each history: a tree whose branches are what was heard, so that a longer history is found by one step from
// a shorter one.

export class Histories<T> {
  readonly #root: Branch<T> = { value: undefined, next: new Map() };

  get root(): Branch<T> {
    return this.#root;
  }

  /** The branch that goes on from another one, made when it is not there. */
  readonly grow = (from: Branch<T>, heard: string): Branch<T> => {
    let branch = from.next.get(heard);
    if (!branch) {
      branch = { value: undefined, next: new Map() };
      from.next.set(heard, branch);
    }
    return branch;
  };
}

export interface Branch<T> {
  value: T | undefined;
  readonly next: Map<string, Branch<T>>;
}
