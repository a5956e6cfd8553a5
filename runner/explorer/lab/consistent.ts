// Makes a function of whoever answers: the same history has one answer, for whichever thread it is asked and however often.
// A thread's module knows nothing but what it heard, so this takes nothing from honest code; whoever answers by other
// things (who was asked before, say) could otherwise have two threads decide what no program of theirs can.
import { codeOf, type Heard, type Told } from '../guest/replay.ts';
import { Histories, type Branch } from './histories.ts';
import { resultKey } from '../engine/keys.ts';
import type { Result } from '../engine/operation.ts';
import type { Hung } from '../engine/program.ts';
import type { AskSide } from './two-sided.ts';

export function consistent(ask: AskSide): AskSide {
  /** by all that was heard: what is said then */
  const known = new Histories<Told | Hung>();
  return async (question) => {
    const { heard, offered = [], passed = 0 } = question;
    const remembered = passed === 0 ? recall(heard, offered) : undefined;
    if (remembered) return remembered;
    const told = await ask(question);
    if (passed === 0) remember(heard, offered, told);
    return told;
  };

  /** What follows a history, where every step of it is known. */
  function recall(heard: readonly Heard[], offered: readonly Result[]): Told | Hung | undefined {
    const took: number[] = [];
    let at: Branch<Told | Hung> | undefined = heard.map(spelled).reduce(known.grow, known.root);
    while (at) {
      const told: Told | Hung | undefined = at.value;
      if (!told || 'kind' in told) return told;
      const { said } = told;
      if (said.kind === 'checkpoint' && took.length < offered.length) return undefined;
      if (said.kind !== 'operation' || took.length === offered.length) return { ...told, took };
      at = at.next.get(resultKey(offered[took.length]));
      took.push(codeOf(said.operation));
    }
    return undefined;
  }

  function remember(heard: readonly Heard[], offered: readonly Result[], told: Told | Hung): void {
    const taken = 'kind' in told ? offered : offered.slice(0, told.took.length);
    let at = [...heard.map(spelled), ...taken.map(resultKey)].reduce(known.grow, known.root);
    if ('kind' in told) {
      at.value ??= told;
      return;
    }
    // What it did by itself are answers, too: to longer histories.
    for (const { operation, places, result } of told.ahead) {
      at.value ??= { ...told, said: { kind: 'operation', operation, places }, ahead: [] };
      at = known.grow(at, resultKey(result));
    }
    at.value ??= { ...told, ahead: [] };
  }
}

function spelled(heard: Heard): string {
  return typeof heard === 'object' ? JSON.stringify(heard, faithfully) : resultKey(heard);
}

/** What JSON would lose is told apart from what it keeps. */
function faithfully(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return { bigint: String(value) };
  if (typeof value === 'number' && !Number.isFinite(value)) return { number: String(value) };
  return Object.is(value, -0) ? { number: '-0' } : value;
}
