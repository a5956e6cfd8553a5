// The trees of the threads: nodes, what leads from one to another, and the way back to the root. It knows nothing of how they
// are learnt.
import { codeOf, mixed } from '../guest/replay.ts';
import { Interned } from './interned.ts';
import { operationKey, placesKey, resultKey } from './keys.ts';
import type { Next } from './next.ts';
import type { Operation, Place, Result } from './operation.ts';
import { PairMap } from './pair-map.ts';

/** Where a node grows. */
export interface Origin {
  readonly thread: number;
  /** -1: at the root */
  readonly parent: number;
  /** what the parent's operation gave back, interned */
  readonly via: number;
  readonly depth: number;
  /** of the operations before it */
  readonly checksum: number;
}

export interface Node extends Origin {
  readonly next: Next;
  /** interned; -1 without an operation */
  readonly operation: number;
  readonly places: readonly Place[];
  /** operation and places, to find where it stood before */
  readonly standing: string;
}

export class ProgramTree {
  readonly operations = new Interned<Operation>(operationKey);
  readonly results = new Interned<Result>(resultKey);
  readonly #nodes: Node[] = [];
  /** of each node, again: the innermost loop of the search asks for nothing else */
  readonly #operationOf: number[] = [];
  readonly #children = new PairMap();

  next(node: number): Next {
    return this.at(node).next;
  }

  /** Interned; -1 when it does none. */
  operation(node: number): number {
    return this.#operationOf[node] ?? -1;
  }

  places(node: number): readonly Place[] {
    return this.at(node).places;
  }

  size(): number {
    return this.#nodes.length;
  }

  /** What the operations before a node gave back. */
  historyOf(node: number): Result[] {
    const results: Result[] = [];
    for (let at = this.at(node); at.parent >= 0; at = this.at(at.parent)) results.push(this.results.at(at.via));
    return results.toReversed();
  }

  operationsBefore(node: number): Operation[] {
    const operations: Operation[] = [];
    for (let at = this.at(node).parent; at >= 0; at = this.at(at).parent)
      operations.push(this.operations.at(this.at(at).operation));
    return operations.toReversed();
  }

  /** Whether a thread ever waits for a limited time. */
  get hasTimedWait(): boolean {
    for (let number = 0; number < this.operations.size; number += 1) {
      const operation = this.operations.at(number);
      if (operation.name === 'wait' && operation.timeoutMs !== null) return true;
    }
    return false;
  }

  threadOf(node: number): number {
    return this.at(node).thread;
  }

  /** The node before, and what its operation gave back (interned); -1 for both at the root. */
  originOf(node: number): { readonly parent: number; readonly via: number } {
    return this.at(node);
  }

  /** The loop that a thread goes round when it comes back to a node that stands where this one does. */
  loopAt(node: number): string {
    const { thread, standing } = this.at(node);
    return `${thread} ${standing}`;
  }

  /** @returns the node that follows when the operation of `node` gives `result` (interned), or -1: it has to be learnt */
  child(node: number, result: number): number {
    return this.#children.get(node, result);
  }

  protected link(parent: number, via: number, node: number): void {
    this.#children.set(parent, via, node);
  }

  protected add(origin: Origin, next: Next, places: readonly Place[]): number {
    const operation = next.kind === 'operation' ? this.operations.number(next.operation) : -1;
    const { thread, parent, via, depth, checksum } = origin;
    const standing = operation < 0 ? '' : standingOf(operation, places);
    this.#operationOf.push(operation);
    return this.#nodes.push({ thread, parent, via, depth, next, operation, places, standing, checksum }) - 1;
  }

  protected checksumAfter(node: number): number {
    const { checksum, operation } = this.at(node);
    return mixed(checksum, codeOf(this.operations.at(operation)));
  }

  protected at(node: number): Node {
    return this.#nodes[node] as Node;
  }
}

/** What stands at a place of the program: the same for the same operation under the same calls. */
export function standingOf(operation: number, places: readonly Place[]): string {
  return `${operation} ${placesKey(places)}`;
}
