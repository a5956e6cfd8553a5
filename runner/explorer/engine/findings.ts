// What a state shows: a thread that failed, a check that does not hold, nobody who can go on. It knows nothing of how the
// state was come to.
import type { Checks, Outside } from './explore.ts';
import type { StateSpace } from './state-space.ts';
import type { FailureKind } from './verdict.ts';

export type Finding =
  | { readonly kind: 'failure'; readonly failure: FailureKind; readonly said: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly file: string; readonly line: number }
  /** all threads have ended, and the checks hold */
  | { readonly kind: 'ended' }
  /** a limit: what some thread does next is not known */
  | { readonly kind: 'cut' };

export class Findings {
  readonly #space: StateSpace;
  readonly #checks: Checks;
  /** Each content of memory is looked at once: by its number, what was said of it. */
  readonly #invariants: (string | Outside | null)[] = [];
  readonly #finals: (string | Outside | null)[] = [];

  constructor(space: StateSpace, checks: Checks) {
    this.#space = space;
    this.#checks = checks;
  }

  /** @returns undefined where the threads can go on and nothing is wrong */
  at(state: number): Finding | undefined {
    const space = this.#space;
    const { program, memories, waiters, threads } = space;
    let areAllEnded = true;
    let canAnyGoOn = false;
    let isCut = false;
    for (let thread = 0; thread < threads; thread += 1) {
      const next = program.next(space.node(state, thread));
      switch (next.kind) {
        case 'operation':
          areAllEnded = false;
          canAnyGoOn ||= space.isEnabled(state, thread);
          break;
        case 'threw': {
          const said = next.name === 'thrown' ? `thrown: ${next.message}` : `${next.name}: ${next.message}`;
          return { kind: 'failure', failure: next.isAssertion ? 'assertion' : 'exception', said };
        }
        case 'hung':
          return { kind: 'failure', failure: 'livelock', said: '' };
        case 'refused':
          return next;
        case 'cut':
          isCut = true;
          break;
        case 'ended':
          break;
      }
      if (memories.pending(space.memory(state), thread) > 0) {
        areAllEnded = false;
        canAnyGoOn = true;
      }
    }
    const memory = space.memory(state);
    const broken = this.#said(this.#invariants, 'invariant', memory);
    if (broken !== null) return wrong('invariant', broken);
    if (isCut) return cut;
    if (areAllEnded) {
      const said = this.#said(this.#finals, 'final', memory);
      return said === null ? ended : wrong('assertion', said);
    }
    if (canAnyGoOn || waiters.at(space.queue(state)).some(({ isTimed }) => isTimed)) return undefined;
    return { kind: 'failure', failure: 'deadlock', said: '' };
  }

  #said(known: (string | Outside | null)[], check: keyof Checks, memory: number): string | Outside | null {
    let said = known[memory];
    if (said === undefined) {
      said = this.#checks[check]?.(this.#space.memories.bytes(memory)) ?? null;
      known[memory] = said;
    }
    return said;
  }
}

function wrong(failure: FailureKind, said: string | Outside): Finding {
  return typeof said === 'string' ? { kind: 'failure', failure, said } : { kind: 'refused', ...said };
}

const ended: Finding = { kind: 'ended' };
const cut: Finding = { kind: 'cut' };
